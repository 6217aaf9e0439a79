# Syntax forms of case.
case x in (x) echo paren;; esac
case x in x) echo no semicolons
esac
case x in esac; echo $?; case x in y) false;; esac; echo $?
case x in y) ;; x) ;; *) echo no;; esac; echo $?; case x in x) (exit 3);; esac; echo $?
case "$(echo a)" in a) case b in b) echo nested;; esac;; esac
case x in x) echo one;; x) echo two;; esac
case in in in) echo in;; esac
