# サポート
support-title = サポート
support-code = お問い合わせコードを調べる
support-code-hint = お客様の画面の失敗のそばに出ている8文字を入れると、お客様と同じ説明が出ます。
support-code-example = 40EJ-80GE
support-code-explain = 調べる
support-code-place = 場所：{ $place }
support-code-kind = アカウント：{ $kind }
support-code-version = お客様のNinka：バージョン{ $version }
support-code-several = お客様の画面には、ほかの原因も並んでいます。これは、いちばん考えられる原因です。
