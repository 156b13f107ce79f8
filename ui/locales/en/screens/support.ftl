# Support
support-title = Support
support-code = Look up a support code
support-code-hint = Type the eight characters that stand beside a failure on the customer’s screen: the same explanation appears here.
support-code-example = 40EJ-80GE
support-code-explain = Explain
support-code-place = Where: { $place }
support-code-kind = Account: { $kind }
support-code-version = The customer’s Ninka: version { $version }
support-code-several = The customer’s screen lists other causes too. This is the likeliest.
