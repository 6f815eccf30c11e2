#lang racket/base
;; web-server/http of Racket behind runner protocol 2: see corpus/survey/README.md.
(require racket/string racket/list net/url web-server/http)

(define (hex text)
  (define bytes (if (bytes? text) text (string->bytes/utf-8 (if (symbol? text) (symbol->string text) text))))
  (string-append* (for/list ([each bytes]) (string-append (if (< each 16) "0" "") (number->string each 16)))))

(define (text word)
  (if (equal? word "-")
      #""
      (apply bytes (for/list ([at (in-range 0 (string-length word) 2)]) (string->number (substring word at (+ at 2)) 16)))))

(define (request-with value)
  (make-request #"GET" (string->url "http://localhost/") (list (make-header #"Authorization" value)) (delay-nothing) #f "1" 80 "1"))

(require racket/promise)
(define-syntax-rule (delay-nothing) (delay '()))

(define (read-value value scheme)
  (define request (request-with value))
  (if (equal? scheme "basic")
      (let ([told (request->basic-credentials request)])
        (if told (list (string-append "s:" (hex "Basic")) (string-append "u:" (hex (car told))) (string-append "p:" (hex (cdr told)))) '()))
      (let ([told (request->digest-credentials request)])
        (if told
            (cons (string-append "s:" (hex "Digest"))
                  (append* (for/list ([each told]) (list (string-append "n:" (hex (car each))) (string-append "v:" (hex (cdr each)))))))
            '()))))

(define output (current-output-port))
(define (answer . words)
  (displayln (string-join words " ") output)
  (flush-output output))

(answer "protocol 2" (version))
(for ([line (in-lines)])
  (define words (string-split line " "))
  (define value (apply bytes-append (add-between (map text (string-split (list-ref words 3) ",")) #", ")))
  (define told
    (parameterize ([current-output-port (current-error-port)])
      (with-handlers ([(lambda (_) #t) (lambda (_) '())]) (read-value value (list-ref words 2)))))
  (if (null? told) (answer (car words) "refused") (apply answer (car words) "read" told)))
