use strict;
use warnings;
use Survey;
use HTTP::Headers;
use HTTP::Headers::Auth;
use LWP;

Survey::serve(
    $LWP::VERSION,
    sub {
        my ($value, $field, $lines) = @_;
        my $headers = HTTP::Headers->new;
        $headers->push_header($field => $_) for @$lines;
        # A list of schemes, each followed by a hash of its parameters.
        my @told = $headers->www_authenticate;
        my @found;
        while (my $scheme = shift @told) {
            my $params = ref $told[0] ? shift @told : {};
            my @words = grep { !defined $params->{$_} } keys %$params;
            push @found, {scheme => $scheme, token68 => $words[0], params => [%$params]};
        }
        return @found;
    }
);
