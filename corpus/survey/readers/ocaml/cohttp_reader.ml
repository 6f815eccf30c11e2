(* Cohttp.Auth behind runner protocol 2: see corpus/survey/README.md. *)
let hex text = String.concat "" (List.map (fun each -> Printf.sprintf "%02x" (Char.code each)) (List.of_seq (String.to_seq text)))

let text word =
  if word = "-" then ""
  else String.init (String.length word / 2) (fun at -> Char.chr (int_of_string ("0x" ^ String.sub word (2 * at) 2)))

let read value =
  match Cohttp.Auth.credential_of_string value with
  | `Basic (user, password) -> Printf.sprintf "read s:%s u:%s p:%s" (hex "Basic") (hex user) (hex password)
  | `Other _ -> "refused"
  | exception _ -> "refused"

let () =
  Printf.printf "protocol 2 %s\n%!" Sys.argv.(1);
  try
    while true do
      match String.split_on_char ' ' (input_line stdin) with
      | [ number; _; _; values ] ->
          let value = String.concat ", " (List.map text (String.split_on_char ',' values)) in
          Printf.printf "%s %s\n%!" number (read value)
      | _ -> exit 2
    done
  with End_of_file -> ()
