package dev.drydock.controller.store;

import dev.drydock.controller.agents.Labels;
import dev.drydock.controller.security.EnrolmentTokens;
import dev.drydock.controller.security.TokenRefusedException;
import dev.drydock.controller.security.TokenText;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Enrolment tokens in SQL: of a secret only its SHA-256 is kept. */
public final class SqlEnrolmentTokens implements EnrolmentTokens {
    private static final int MAX_USES = 100_000;
    private static final Duration MAX_TTL = Duration.ofDays(30);
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String caFingerprint;

    /** @param caFingerprint SHA-256 of the authority's certificate, lower-case hex: agents trust the controller by it */
    public SqlEnrolmentTokens(Store store, InstantSource clock, SecureRandom random, String caFingerprint) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.caFingerprint = caFingerprint;
    }

    @Override
    public Created create(int uses, Duration ttl, Map<String, String> labels) {
        List<String> problems = new ArrayList<>();
        if (uses < 1 || uses > MAX_USES) {
            problems.add("uses: " + uses + "; expected 1 to " + MAX_USES);
        }
        if (!ttl.isPositive() || ttl.compareTo(MAX_TTL) > 0) {
            problems.add("ttl: " + ttl + "; expected more than zero and at most " + MAX_TTL.toDays() + " days");
        }
        problems.addAll(Labels.problems(labels));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        TokenText text = new TokenText(
                HexFormat.of().formatHex(bytes(ID_BYTES)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES)),
                caFingerprint);
        Instant now = clock.instant();
        return store.writeNow(handle -> {
            handle.createUpdate("""
                            INSERT INTO enrolment_tokens (id, secret_hash, uses_left, expires_at, labels, created_at)
                            VALUES (:id, :hash, :uses, :expires, :labels, :created)
                            """)
                    .bind("id", text.id())
                    .bind("hash", text.secretHash())
                    .bind("uses", uses)
                    .bind("expires", Columns.micros(now.plus(ttl)))
                    .bind("labels", Columns.json(labels))
                    .bind("created", Columns.micros(now))
                    .execute();
            return new Created(find(handle, text.id()).orElseThrow().token(), text.text());
        });
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public List<Token> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM enrolment_tokens ORDER BY created_at DESC, id")
                .map((row, context) -> read(row).token())
                .list());
    }

    @Override
    public Optional<Token> revoke(String id) {
        return store.writeNow(handle -> {
            handle.createUpdate("UPDATE enrolment_tokens SET revoked = :revoked WHERE id = :id")
                    .bind("revoked", true)
                    .bind("id", id)
                    .execute();
            return find(handle, id).map(Row::token);
        });
    }

    /**
     * The token as it stands, when it lets a host in.
     *
     * @throws TokenRefusedException says why it does not
     */
    static Token require(Handle handle, TokenText text, Instant now) {
        Row row =
                find(handle, text.id()).orElseThrow(() -> new TokenRefusedException("there is no token " + text.id()));
        Token token = row.token();
        if (!text.hasHash(row.secretHash())) {
            throw new TokenRefusedException("the secret of token " + token.id() + " is wrong");
        }
        if (token.revoked()) {
            throw new TokenRefusedException("token " + token.id() + " is revoked");
        }
        if (!now.isBefore(token.expiresAt())) {
            throw new TokenRefusedException("token " + token.id() + " expired at " + token.expiresAt());
        }
        if (token.usesLeft() == 0) {
            throw new TokenRefusedException("token " + token.id() + " is spent");
        }
        return token;
    }

    /** Takes one use; part of the write that puts the host on record. */
    static Token spend(Handle handle, TokenText text, Instant now) {
        Token token = require(handle, text, now);
        handle.createUpdate("UPDATE enrolment_tokens SET uses_left = uses_left - 1 WHERE id = :id")
                .bind("id", token.id())
                .execute();
        return token;
    }

    private static Optional<Row> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM enrolment_tokens WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new Token(
                        row.getString("id"),
                        row.getInt("uses_left"),
                        Columns.instant(row, "expires_at"),
                        Columns.map(row, "labels"),
                        Columns.instant(row, "created_at"),
                        row.getBoolean("revoked")),
                row.getString("secret_hash"));
    }

    private record Row(Token token, String secretHash) {}
}
