use strict;
use warnings;
use Survey;
use LWP::UserAgent;
use LWP::Authen::Basic;
use LWP::Authen::Digest;

# What LWP::UserAgent hands to the code of a scheme when a 401 comes back.
my $told;
{
    no warnings 'redefine';
    for my $scheme (qw(Basic Digest)) {
        no strict 'refs';
        *{"LWP::Authen::${scheme}::authenticate"} = sub {
            my ($class, $agent, $proxy, $params, $response) = @_;
            $told ||= {scheme => $scheme, params => [%$params]};
            return $response;
        };
    }
}

Survey::serve(
    $LWP::UserAgent::VERSION,
    sub {
        my ($value, $field, $lines) = @_;
        undef $told;
        my $agent = LWP::UserAgent->new;
        $agent->add_handler(
            request_send => sub {
                my $response = HTTP::Response->new(401);
                $response->push_header('WWW-Authenticate' => $_) for @$lines;
                $response->request($_[0]);
                return $response;
            }
        );
        $agent->get('http://localhost/');
        return $told ? $told : ();
    }
);
