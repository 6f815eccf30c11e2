;; Emacs's url-http behind runner protocol 2: see corpus/survey/README.md.  -*- lexical-binding: t -*-
(require 'url)
(require 'url-http)
(require 'url-auth)
(require 'mail-utils)
(url-do-setup) ; registers its schemes

(defvar url-http-extra-headers)
(defvar survey-told nil "What url-http asks a scheme's function for: type, and parameters.")

(advice-add 'url-get-authentication :override
            (lambda (_url _realm type _prompt &optional args) (setq survey-told (cons type args)) nil))

(defun survey-hex (text)
  (mapconcat (lambda (byte) (format "%02x" byte)) (encode-coding-string text 'raw-text) ""))

(defun survey-text (word)
  (if (equal word "-") ""
    (apply #'unibyte-string
           (mapcar (lambda (at) (string-to-number (substring word at (+ at 2)) 16)) (number-sequence 0 (1- (length word)) 2)))))

(defun survey-read (lines)
  (setq survey-told nil)
  (with-temp-buffer
    (set-buffer-multibyte nil)
    (dolist (line lines) (insert "WWW-Authenticate: " line "\n"))
    (insert "\n")
    (let ((url-current-object (url-generic-parse-url "http://localhost/")) (url-http-extra-headers nil))
      (url-http-handle-authentication nil)))
  (and survey-told
       (mapconcat #'identity
                  (cons (concat "s:" (survey-hex (car survey-told)))
                        ;; The scheme is among them too, as a name without a value.
                        (mapcar (lambda (each) (format "n:%s v:%s" (survey-hex (car each)) (survey-hex (or (cdr each) ""))))
                                (assoc-delete-all (car survey-told) (copy-sequence (cdr survey-told)))))
                  " ")))

(princ (format "protocol 2 %s\n" emacs-version))
(let (line)
  (while (setq line (ignore-errors (read-from-minibuffer "")))
    (let* ((words (split-string line " "))
           (told (ignore-errors (survey-read (mapcar #'survey-text (split-string (nth 3 words) ","))))))
      (princ (format "%s %s\n" (car words) (if told (concat "read " told) "refused"))))))
