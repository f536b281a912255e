package dev.drydock.cli.command;

import com.google.protobuf.ByteString;
import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.ListSignersResponse;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.Signer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock key}. */
@Command(
        name = "key",
        description = "Keys that sign playbooks. The controller knows only their public halves.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock key create ops-2026", "  drydock key pin ops-2026.pub", "  drydock key list"})
public final class KeyCommands {
    private final App app;

    public KeyCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes an Ed25519 key: NAME.key, which signs and is readable by you only, and NAME.pub, which hosts pin.",
                "Never overwrites a file."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock key create ops-2026",
                "  drydock key create ops-2026 --out ~/keys --passphrase-file passphrase.txt"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "What people will call the key.") String name,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            defaultValue = ".",
                            description = "Where to put the two files. Default: here.")
                    Path out,
            @Option(
                            names = "--passphrase-file",
                            paramLabel = "FILE",
                            description = "Encrypt the private key with the passphrase in this file, or '-'.")
                    @Nullable
                    String passphraseFile) {
        LocalFiles.requireName(name);
        Path privateFile = out.resolve(name + ".key");
        Path publicFile = out.resolve(name + ".pub");
        LocalFiles.requireAbsent(privateFile);
        LocalFiles.requireAbsent(publicFile);
        char[] passphrase = LocalFiles.passphrase(app, passphraseFile);
        SigningKey key = SigningKey.generate(name);
        try {
            LocalFiles.doing("write", privateFile, () -> key.save(privateFile, passphrase));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        LocalFiles.doing("write", publicFile, () -> key.signer().save(publicFile));
        Output output = app.output();
        output.answer(
                signer(key.signer()),
                List.of(key.signer().keyId()),
                () -> List.of(
                        "Key " + key.signer() + ".",
                        "Private " + privateFile + "  keep it away from controller and hosts; back it up",
                        "Public  " + publicFile));
        output.hint("Let hosts trust it: drydock key pin " + publicFile);
        return 0;
    }

    @Command(
            name = "pin",
            description = {
                "Lets playbooks that this key signed be pushed. Hosts that enrol from now on trust it;",
                "those enrolled before keep what they pinned."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock key pin ops-2026.pub", "  drydock key pin key.pem --name ops-2026"})
    int pin(
            @Parameters(paramLabel = "FILE", description = "The public key: NAME.pub, PEM.") Path file,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "What to call it. Default: the file's name without .pub.")
                    @Nullable
                    String name) {
        String called = name == null ? String.valueOf(file.getFileName()).replaceFirst("\\.(pub|pem)$", "") : name;
        LocalFiles.requireName(called);
        PublicSigner signer = LocalFiles.reading("read", file, () -> PublicSigner.load(called, file));
        Signer pinned = app.api()
                .playbooks()
                .pinSigner(PinSignerRequest.newBuilder()
                        .setName(called)
                        .setPublicKey(ByteString.copyFrom(signer.rawKey()))
                        .build());
        if (!pinned.getKeyId().equals(signer.keyId())) {
            throw CliException.failed(
                    "The controller pinned " + pinned.getKeyId() + " instead of " + signer.keyId() + ".",
                    "Compare drydock version with the controller's.");
        }
        app.output().answer(pinned, List.of(pinned.getKeyId()), () -> List.of("Key " + signer + " is pinned."));
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the pinned keys.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock key list", "  drydock key list --output json"})
    int list() {
        ListSignersResponse signers = app.api().playbooks().listSigners(ListSignersRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(
                signers, signers.getSignersList().stream().map(Signer::getKeyId).toList(), () -> {
                    Table table = Table.of("NAME", "KEY ID", "PINNED");
                    signers.getSignersList()
                            .forEach(signer -> table.row(
                                    Cell.of(signer.getName()),
                                    Cell.of(signer.getKeyId()),
                                    Cell.of(output.times().atAndRelative(signer.getPinnedAt()))));
                    return output.list(
                            table, "No key is pinned. Make one with drydock key create, then drydock key pin.");
                });
        return 0;
    }

    private static Signer signer(PublicSigner signer) {
        return Signer.newBuilder()
                .setName(signer.name())
                .setKeyId(signer.keyId())
                .setPublicKey(ByteString.copyFrom(signer.rawKey()))
                .build();
    }
}
