use strict;
use warnings;
use Survey;
use HTTP::Headers;
use HTTP::Headers::Auth;
use LWP;

Survey::serve(
    $LWP::VERSION,
    sub {
        my ($value, $field, $words) = @_;
        my ($scheme, @params) = @$words;
        my $headers = HTTP::Headers->new;
        $headers->www_authenticate($scheme => [@params]);
        return {token68 => scalar $headers->header('WWW-Authenticate')};
    }
);
