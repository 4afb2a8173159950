using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// The text forms of keys, checkpoints and certificates. Names are in snake_case, hashes are 64 lower-case hexadecimal
/// digits, other bytes are base64, payloads are JSON text in a string so that no reader can change a byte of them.
/// </summary>
public static class ProofJson
{
    private const string KeyFormat = "coatline.key.v1";
    private const string CheckpointFormat = "coatline.checkpoint.v1";
    private const string CertificateFormat = "coatline.certificate.v1";

    /// <summary>The largest file that is read, in bytes, inclusive (256 MiB).</summary>
    public const long MaxFileBytes = 1L << 28;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
    };

    /// <summary>The text of a key.</summary>
    public static string Write(KeySuccession key) => JsonSerializer.Serialize(Form(key), Options) + "\n";

    /// <summary>The text of a checkpoint.</summary>
    public static string Write(SignedCheckpoint signed) => JsonSerializer.Serialize(Form(signed), Options) + "\n";

    /// <summary>The text of a certificate.</summary>
    public static string Write(BatchCertificate certificate) => JsonSerializer.Serialize(
        new CertificateForm(
            CertificateFormat,
            certificate.Line.Value,
            certificate.Batch,
            Form(certificate.Checkpoint),
            [.. certificate.Keys.Select(Form)],
            [.. certificate.Events.Select(e => new EventForm(
                e.Seq,
                Encoding.UTF8.GetString(e.Payload.Span),
                e.Previous.ToString(),
                e.Hash.ToString(),
                [.. e.Path.Select(h => h.ToString())]))]),
        Options) + "\n";

    /// <summary>Reads a key's file.</summary>
    /// <exception cref="ProofException">It cannot be read, or is no such file; the message names the field.</exception>
    public static KeySuccession ReadKey(string path) => Read<KeyForm, KeySuccession>(path, Key);

    /// <summary>Reads a checkpoint's file; its signature is not checked here.</summary>
    /// <exception cref="ProofException">It cannot be read, or is no such file; the message names the field.</exception>
    public static SignedCheckpoint ReadCheckpoint(string path) =>
        Read<CheckpointForm, SignedCheckpoint>(path, Checkpoint);

    /// <summary>Reads a certificate's file; nothing is checked here but its form.</summary>
    /// <exception cref="ProofException">It cannot be read, or is no such file; the message names the field.</exception>
    public static BatchCertificate ReadCertificate(string path) =>
        Read<CertificateForm, BatchCertificate>(path, Certificate);

    private static TResult Read<TForm, TResult>(string path, Func<TForm, TResult> convert)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxFileBytes)
            {
                throw new ProofException($"'{path}' has {file.Length} bytes; {MaxFileBytes} is the limit");
            }

            using FileStream stream = file.OpenRead();
            TForm form = JsonSerializer.Deserialize<TForm>(stream, Options)
                ?? throw new ProofException($"'{path}' holds no JSON object");
            return convert(form);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProofException($"'{path}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new ProofException($"'{path}' is not what it should be: {e.Message}", e);
        }
    }

    private static KeyForm Form(KeySuccession key) => new(
        KeyFormat,
        key.Key.Id.ToString(),
        Convert.ToBase64String(key.Key.Info),
        key.Previous.ToString(),
        Convert.ToBase64String(key.Signature.Span));

    private static CheckpointForm Form(SignedCheckpoint signed) => new(
        CheckpointFormat,
        signed.Checkpoint.Line.Value,
        signed.Checkpoint.Seq,
        signed.Checkpoint.Head.ToString(),
        signed.Checkpoint.Root.ToString(),
        signed.Checkpoint.Time,
        signed.Checkpoint.Previous.ToString(),
        signed.Checkpoint.Key.ToString(),
        Convert.ToBase64String(signed.Signature.Span),
        [.. signed.Frontier.Select(h => h.ToString())]);

    private static KeySuccession Key(KeyForm form)
    {
        Expect(form.Format, KeyFormat);
        return PublicKey.TryRead(Convert.FromBase64String(form.PublicKey), out PublicKey? key)
            && key.Id == Hash(form.Id, "id")
                ? new KeySuccession(key, Hash(form.Previous, "previous"), Convert.FromBase64String(form.Signature))
                : throw new FormatException("public_key is no P-256 key with the fingerprint in id");
    }

    private static SignedCheckpoint Checkpoint(CheckpointForm form)
    {
        Expect(form.Format, CheckpointFormat);
        return form.Seq < 1
            ? throw new FormatException($"seq is {form.Seq}; it counts from 1")
            : new SignedCheckpoint(
                new Checkpoint(
                    new LineId(form.Line),
                    form.Seq,
                    Hash(form.Head, "head"),
                    Hash(form.Root, "root"),
                    form.Time,
                    Hash(form.Previous, "previous"),
                    Hash(form.Key, "key")),
                Convert.FromBase64String(form.Signature),
                [.. form.Frontier.Select(h => Hash(h, "frontier"))]);
    }

    private static BatchCertificate Certificate(CertificateForm form)
    {
        Expect(form.Format, CertificateFormat);
        return form.Events.Length > BatchCertificate.MaxEvents
            ? throw new FormatException($"events has {form.Events.Length}; {BatchCertificate.MaxEvents} is the limit")
            : new BatchCertificate(
                new LineId(form.Line),
                form.Batch,
                Checkpoint(form.Checkpoint),
                [.. form.Keys.Select(Key)],
                [.. form.Events.Select(Event)]);
    }

    private static CertifiedEvent Event(EventForm form) => form.Payload.Length > EventChain.MaxPayloadBytes
        ? throw new FormatException($"payload of event {form.Seq} is longer than {EventChain.MaxPayloadBytes} bytes")
        : new CertifiedEvent(
            form.Seq,
            Encoding.UTF8.GetBytes(form.Payload),
            Hash(form.Prevhash, "prevhash"),
            Hash(form.Hash, "hash"),
            [.. form.Proof.Select(h => Hash(h, "proof"))]);

    private static ChainHash Hash(string text, string field) => HashText.TryParse(text, out ChainHash hash)
        ? hash
        : throw new FormatException($"{field} is not 64 lower-case hexadecimal digits");

    private static void Expect(string found, string expected)
    {
        if (found != expected)
        {
            throw new FormatException($"format is '{found}'; this program reads '{expected}'");
        }
    }

    private sealed record KeyForm(string Format, string Id, string PublicKey, string Previous, string Signature);

    private sealed record CheckpointForm(
        string Format,
        string Line,
        long Seq,
        string Head,
        string Root,
        DateTimeOffset Time,
        string Previous,
        string Key,
        string Signature,
        ImmutableArray<string> Frontier);

    private sealed record CertificateForm(
        string Format,
        string Line,
        string Batch,
        CheckpointForm Checkpoint,
        ImmutableArray<KeyForm> Keys,
        ImmutableArray<EventForm> Events);

    private sealed record EventForm(
        long Seq, string Payload, string Prevhash, string Hash, ImmutableArray<string> Proof);
}
