;; (web http) of Guile behind runner protocol 2: see corpus/survey/README.md.
(use-modules (web http) (ice-9 rdelim) (srfi srfi-1) (srfi srfi-13))

(define (hex text)
  (string-concatenate
   (map (lambda (each) (string-pad (number->string (char->integer each) 16) 2 #\0)) (string->list text))))

(define (text word)
  (if (string=? word "-")
      ""
      (list->string
       (unfold (lambda (at) (>= at (string-length word)))
               (lambda (at) (integer->char (string->number (substring word at (+ at 2)) 16)))
               (lambda (at) (+ at 2))
               0))))

(define (params found)
  (append-map
   (lambda (each)
     (if (pair? each)
         (list (string-append "n:" (hex (symbol->string (car each)))) (string-append "v:" (hex (cdr each))))
         '()))
   found))

(define (challenge found)
  (cons (string-append "s:" (hex (symbol->string (car found))))
        (if (string? (cdr found)) (list (string-append "t:" (hex (cdr found)))) (params (cdr found)))))

(define (read-field field value)
  (let ((found (parse-header field value)))
    (case field
      ((www-authenticate proxy-authenticate) (append-map challenge found))
      ((authentication-info) (params found))
      (else (challenge found)))))

(setvbuf (current-output-port) 'line)
(set-port-encoding! (current-input-port) "ISO-8859-1")
(format #t "protocol 2 ~a\n" (version))
(let loop ((line (read-line)))
  (unless (eof-object? line)
    (let* ((words (string-split line #\space))
           (field (string->symbol (string-downcase (cadr words))))
           (value (string-join (map text (string-split (cadddr words) #\,)) ", "))
           (told (catch #t (lambda () (read-field field value)) (lambda _ (quote ())))))
      (format #t "~a ~a\n" (car words) (if (null? told) "refused" (string-join (cons "read" told) " ")))
      (loop (read-line)))))
