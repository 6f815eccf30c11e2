use strict;
use warnings;
use Survey;
use Plack;
use Plack::Middleware::Auth::Basic;

Survey::serve(
    $Plack::VERSION,
    sub {
        my ($value) = @_;
        my $told;
        my $application = Plack::Middleware::Auth::Basic->wrap(
            sub { [200, [], []] },
            authenticator => sub { $told = {scheme => 'Basic', user => $_[0], password => $_[1]}; 1 },
        );
        $application->({HTTP_AUTHORIZATION => $value});
        return $told ? $told : ();
    }
);
