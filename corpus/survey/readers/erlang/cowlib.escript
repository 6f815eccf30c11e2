#!/usr/bin/escript
%% cowlib behind runner protocol 2: see corpus/survey/README.md.

hex(Text) -> [io_lib:format("~2.16.0b", [Byte]) || <<Byte>> <= Text].

text("-") -> <<>>;
text(Hex) -> << <<(list_to_integer([A, B], 16))>> || [A, B] <- pairs(Hex) >>.

pairs([A, B | Rest]) -> [[A, B] | pairs(Rest)];
pairs([]) -> [].

words({basic, User, Password}) -> [" s:", hex(<<"basic">>), " u:", hex(User), " p:", hex(Password)];
words({bearer, Token}) -> [" s:", hex(<<"bearer">>), " t:", hex(Token)];
words({digest, Params}) -> [" s:", hex(<<"digest">>), [[" n:", hex(Name), " v:", hex(Value)] || {Name, Value} <- Params]];
words({Scheme, Params}) when is_list(Params) -> [" s:", hex(Scheme), [[" n:", hex(N), " v:", hex(V)] || {N, V} <- Params]].

loop() ->
    case io:get_line("") of
        eof -> ok;
        Line ->
            [Number, _, _, Hex] = string:lexemes(Line, " \n"),
            Value = iolist_to_binary(lists:join(<<", ">>, [text(Each) || Each <- string:lexemes(Hex, ",")])),
            Answer = try [" read", words(cow_http_hd:parse_authorization(Value))] catch _:_ -> " refused" end,
            io:put_chars([Number, Answer, "\n"]),
            loop()
    end.

main(_) ->
    application:load(cowlib),
    {ok, Version} = application:get_key(cowlib, vsn),
    io:put_chars(["protocol 2 ", Version, "\n"]),
    loop().
