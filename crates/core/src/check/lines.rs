//! What came in and was not read yet, handed out line by line. It holds at most one line more than
//! was pushed last, whatever a server sends.

/// No reply line of an honest server comes near this. RFC 5321 allows 512 octets, RFC 2683
/// recommends 8,000 for IMAP.
pub(super) const MAX_LINE: usize = 8 * 1024;
/// A whole reply: long capability lists are 2 KiB.
pub(super) const MAX_REPLY: usize = 64 * 1024;

/// A line or a reply is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong(pub(super) usize);

/// The bounded buffer.
#[derive(Debug, Default)]
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// Bytes of the reply so far.
    reply: usize,
    /// Bytes of an IMAP literal that are still to be passed over.
    literal: usize,
}

impl Lines {
    /// Takes what the connection delivered.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next line without its end, if it is complete. A bare LF ends a line too.
    ///
    /// # Errors
    /// [`TooLong`] when the line, or the reply it belongs to, is over its limit.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        let passed_over = self.literal.min(self.buffer.len());
        self.literal -= passed_over;
        self.count(passed_over)?;
        self.buffer.drain(..passed_over);
        let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') else {
            return if self.buffer.len() > MAX_LINE {
                Err(TooLong(MAX_LINE))
            } else {
                Ok(None)
            };
        };
        if end > MAX_LINE {
            return Err(TooLong(MAX_LINE));
        }
        self.count(end + 1)?;
        let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }

    fn count(&mut self, bytes: usize) -> Result<(), TooLong> {
        self.reply += bytes;
        if self.reply > MAX_REPLY {
            return Err(TooLong(MAX_REPLY));
        }
        Ok(())
    }

    /// A new reply begins: the limit counts from here.
    pub(super) const fn new_reply(&mut self) {
        self.reply = 0;
    }

    /// The next `length` bytes are an IMAP literal; they are passed over.
    ///
    /// # Errors
    /// [`TooLong`] when it could not fit in a reply.
    pub(super) const fn pass_over(&mut self, length: usize) -> Result<(), TooLong> {
        if length > MAX_REPLY {
            return Err(TooLong(MAX_REPLY));
        }
        self.literal = length;
        Ok(())
    }

    /// The next `length` bytes, if they are there; for literals that are read. They do not count
    /// for the reply's limit: whoever asks for them has set one.
    pub(super) fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        (self.buffer.len() >= length).then(|| self.buffer.drain(..length).collect())
    }

    /// Whether nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_out_whole_however_they_came_in() {
        let mut lines = Lines::default();
        let mut got = Vec::new();
        for byte in b"+OK a\r\nb\n\r\nrest" {
            lines.push(&[*byte]);
            got.extend(lines.next().unwrap());
        }
        assert_eq!(got, [b"+OK a".to_vec(), b"b".to_vec(), Vec::new()]);
        assert!(!lines.is_empty());
    }

    #[test]
    fn an_endless_line_and_an_endless_reply_are_named() {
        let mut lines = Lines::default();
        lines.push(&[b'a'; MAX_LINE + 1]);
        assert_eq!(lines.next(), Err(TooLong(MAX_LINE)));
        let mut lines = Lines::default();
        let line = [[b'a'; 1023].as_slice(), b"\n"].concat();
        for _ in 0..64 {
            lines.push(&line);
            assert!(lines.next().unwrap().is_some());
        }
        lines.push(&line);
        assert_eq!(lines.next(), Err(TooLong(MAX_REPLY)));
    }

    #[test]
    fn a_literal_is_passed_over() {
        let mut lines = Lines::default();
        lines.pass_over(5).unwrap();
        lines.push(b"ab\n");
        assert_eq!(lines.next(), Ok(None));
        lines.push(b"\nc rest\r\n");
        assert_eq!(lines.next(), Ok(Some(b" rest".to_vec())));
        assert!(lines.pass_over(MAX_REPLY + 1).is_err());
    }
}
