package Survey;

# Runner protocol 2 for readers in Perl: see corpus/survey/README.md.
use strict;
use warnings;

sub words {
    my ($challenge) = @_;
    my @found;
    my $add = sub { push @found, "$_[0]:" . unpack('H*', $_[1]) if defined $_[1] };
    $add->('s', $challenge->{scheme});
    $add->('t', $challenge->{token68});
    my @params = @{$challenge->{params} || []};
    while (my ($name, $value) = splice @params, 0, 2) {
        next unless defined $value;
        $add->('n', $name);
        $add->('v', $value);
    }
    $add->('u', $challenge->{user});
    $add->('p', $challenge->{password});
    return @found;
}

# serve(VERSION, READ): READ takes (value, field, lines, scheme) and gives challenges: hashes with scheme, token68, params (a
# list of names and values), user, password. None, or die, is a refusal.
sub serve {
    my ($version, $read) = @_;
    open my $output, '>&', \*STDOUT or die;
    open STDOUT, '>&', \*STDERR or die;
    $output->autoflush(1);
    print $output "protocol 2 $version\n";
    while (my $line = <STDIN>) {
        my ($number, $field, $scheme, $text) = split ' ', $line;
        my @lines = map { $_ eq '-' ? '' : pack 'H*', $_ } split /,/, $text;
        my @told = eval { $read->(join(', ', @lines), $field, \@lines, $scheme) };
        my $answer = @told ? join ' ', 'read', map { words($_) } @told : 'refused';
        print $output "$number $answer\n";
    }
}

1;
