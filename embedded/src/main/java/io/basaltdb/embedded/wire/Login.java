package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.LoginMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Decides whether a client may come in. One text for every refusal, in the same time.
public sealed interface Login {
    /// Whether the proof in `hello` is good.
    boolean admits(ClientHello hello);

    /// Everyone may: in process, and on loopback.
    record Open() implements Login {
        @Override
        public boolean admits(ClientHello hello) {
            return true;
        }
    }

    /// Who knows the token may.
    final class Token implements Login {
        private final byte[] token;

        public Token(String token) {
            this.token = token.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean admits(ClientHello hello) {
            return hello.loginMethod().equals(LoginMethod.TOKEN)
                    && MessageDigest.isEqual(token, hello.credential());
        }
    }
}
