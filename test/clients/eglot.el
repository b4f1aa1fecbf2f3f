;;; eglot.el --- Emacs and eglot without a window -*- lexical-binding: t -*-
;; Opens a file, applies a quick fix and a rewording, keeps a word, and prints what it saw as one line of JSON.
;; emacs --batch -l eglot.el; NAR_SERVER and NAR_FILE say what is started and opened.
(require 'package)
(setq package-user-dir (make-temp-file "nar-emacs-" t))
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)

(defun nar-wait (what test)
  "Let the server answer until TEST gives something; WHAT names it."
  (let ((end (+ (float-time) 60)) found)
    (while (not (setq found (funcall test)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    found))

(defun nar-actions ()
  "Actions at point."
  (append (eglot-code-actions (point) (1+ (point))) nil))

(defun nar-choose (title)
  "Run the action at point whose title contains TITLE, once it is offered."
  (let* ((action (nar-wait title (lambda ()
                                   (seq-find (lambda (each) (string-search title (plist-get each :title)))
                                             (nar-actions)))))
         (before (buffer-string)))
    (cl-letf (((symbol-function 'eglot--confirm-server-initiated-edits) #'ignore)
              ((symbol-function 'y-or-n-p) (lambda (_) t)))
      (eglot--dbind ((CodeAction) edit command) action
        (when edit (eglot--apply-workspace-edit edit))
        (when command (eglot-execute-command (eglot--current-server-or-lose)
                                             (intern (plist-get command :command))
                                             (plist-get command :arguments)))))
    before))

(defun nar-found ()
  "Diagnostics on the screen, as far as flymake has them."
  (seq-filter (lambda (each) (string-search "nar-text" (format "%s" (flymake-diagnostic-text each))))
              (flymake-diagnostics)))

(let ((eglot-server-programs
       `((text-mode . (,(getenv "NAR_NODE") ,(getenv "NAR_SERVER") "--stdio" ,(concat "--keep=" (getenv "NAR_KEEP"))
                       :initializationOptions
                       (:modelsFolder ,(getenv "NAR_MODELS") :settings (:correct (:delay 10)))))))
      (eglot-sync-connect 30)
      (eglot-send-changes-idle-time 0)
      (enable-local-variables nil)
      seen)
  (find-file (getenv "NAR_FILE"))
  (text-mode)
  (apply #'eglot (eglot--guess-contact))
  (let ((count (lambda () (length (flymake-diagnostics)))))
    (nar-wait "diagnostics" (lambda () (flymake-start) (= (funcall count) 2)))
    (push (cons 'diagnostics
                (vconcat (mapcar (lambda (each)
                                   (vector (flymake-diagnostic-beg each) (flymake-diagnostic-end each)
                                           (flymake-diagnostic-text each)))
                                 (flymake-diagnostics))))
          seen)
    (goto-char (point-min))
    (search-forward "rec")
    (nar-choose "Change “recieve”")
    (push (cons 'fixed (buffer-string)) seen)
    (eglot--signal-textDocument/didChange)
    (nar-wait "one diagnostic less" (lambda () (= (funcall count) 1)))
    (search-forward "in order")
    (let ((before (nar-choose "Make shorter")))
      (nar-wait "the edit" (lambda () (not (equal before (buffer-string))))))
    (push (cons 'shortened (buffer-string)) seen)
    (eglot--signal-textDocument/didChange)
    (goto-char (point-min))
    (search-forward "te")
    (nar-choose "Add “teh” to your dictionary")
    (nar-wait "a word less" (lambda () (= (funcall count) 0)))
    (push (cons 'left (funcall count)) seen)
    (set-buffer-modified-p nil)
    (princ (concat (json-encode seen) "\n"))))
