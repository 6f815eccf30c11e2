use strict;
use warnings;
use Survey;
use Mojolicious;
use Mojo::Message::Request;

Survey::serve(
    Mojolicious->VERSION,
    sub {
        my ($value) = @_;
        my $url = Mojo::Message::Request->new->parse("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: $value\r\n\r\n")->url->to_abs;
        my $user = $url->username;
        return unless defined $user;
        return {scheme => 'Basic', user => $user, password => $url->password // ''};
    }
);
