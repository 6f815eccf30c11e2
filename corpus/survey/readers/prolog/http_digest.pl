% SWI-Prolog's library(http/http_digest) and http_authenticate behind runner protocol 2: see corpus/survey/README.md.
:- use_module(library(http/http_digest)).
:- use_module(library(http/http_authenticate)).
:- use_module(library(apply)).
:- use_module(library(lists)).
:- use_module(library(readutil)).
:- use_module(library(yall)).
:- initialization(main, main).

hex(Text, Hex) :-
    text_to_string(Text, String),
    string_codes(String, Codes),
    maplist([Code, Digits]>>format(string(Digits), '~|~`0t~16r~2+', [Code]), Codes, All),
    atomics_to_string(All, Hex).

text("-", "") :- !.
text(Hex, Text) :- string_codes(Hex, Codes), pairs(Codes, Bytes), string_codes(Text, Bytes).

pairs([], []).
pairs([A, B|Rest], [Byte|Bytes]) :- number_codes(Byte, [0'0, 0'x, A, B]), pairs(Rest, Bytes).

atomics_to_string(List, String) :- atomic_list_concat(List, Atom), atom_string(Atom, String).

% Fields are terms like realm(Text).
param(Field, Words) :-
    Field =.. [Name, Value],
    ( is_list(Value) -> atomic_list_concat(Value, ' ', Text) ; Text = Value ),
    hex(Name, N), hex(Text, V),
    format(string(Words), " n:~s v:~s", [N, V]).

read(_, "basic", Value, Words) :- !,
    atom_string(Atom, Value),
    http_authorization_data(Atom, Data),
    Data =.. [Method, User, Codes],
    string_codes(Password, Codes),
    hex(Method, S), hex(User, U), hex(Password, P),
    format(string(Words), " s:~s u:~s p:~s", [S, U, P]).
read("WWW-Authenticate", _, Value, Words) :-
    % The client hands on what stands behind the scheme.
    http_parse_digest_challenge(Value, Fields),
    maplist(param, Fields, All),
    atomics_to_string(All, Words).

main :-
    set_stream(user_input, encoding(iso_latin_1)),
    current_prolog_flag(version, Version),
    Major is Version // 10000, Minor is Version mod 10000 // 100, Patch is Version mod 100,
    format("protocol 2 ~w.~w.~w~n", [Major, Minor, Patch]),
    flush_output,
    repeat,
    read_line_to_string(user_input, Line),
    (   Line == end_of_file
    ->  !
    ;   split_string(Line, " ", "", [Number, Field, Scheme, Hex]),
        split_string(Hex, ",", "", Hexes),
        maplist(text, Hexes, Lines),
        atomic_list_concat(Lines, ', ', Atom), atom_string(Atom, Value),
        (   catch(read(Field, Scheme, Value, Words), _, fail), Words \== ""
        ->  format("~s read~s~n", [Number, Words])
        ;   format("~s refused~n", [Number])
        ),
        flush_output,
        fail
    ).
