use strict;
use warnings;
use Survey;
use HTTP::Headers::ActionPack;
use HTTP::Headers::ActionPack::Authorization;
use HTTP::Headers::ActionPack::AuthenticationInfo;
use HTTP::Headers::ActionPack::WWWAuthenticate;

Survey::serve(
    $HTTP::Headers::ActionPack::VERSION,
    sub {
        my ($value, $field) = @_;
        if ($field eq 'Authorization') {
            my $told = HTTP::Headers::ActionPack::Authorization->new_from_string($value);
            return {scheme => $told->auth_type, user => $told->username, password => $told->password}
              if $told->isa('HTTP::Headers::ActionPack::Authorization::Basic');
            return {scheme => $told->auth_type, params => [%{$told->params}]};
        }
        if ($field eq 'Authentication-Info') {
            my $told = HTTP::Headers::ActionPack::AuthenticationInfo->new_from_string($value);
            return {params => [%{$told->params}]};
        }
        my $told = HTTP::Headers::ActionPack::WWWAuthenticate->new_from_string($value);
        return {scheme => $told->auth_type, params => [%{$told->params}]};
    }
);
