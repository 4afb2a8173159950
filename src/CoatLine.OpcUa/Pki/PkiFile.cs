using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CoatLine.OpcUa.Pki;

/// <summary>Reading and writing of single files: whole or not at all, and never an unbounded size.</summary>
internal static class PkiFile
{
    /// <summary>Largest certificate or key file, bytes.</summary>
    public const int MaxCertificateBytes = 65_536;

    /// <summary>Largest revocation list, bytes.</summary>
    public const int MaxRevocationListBytes = 4 * 1024 * 1024;

    /// <summary>Ending of a file that is being written; one that a crash left behind is never read.</summary>
    public const string UnfinishedEnding = ".unfinished";

    /// <summary>Mode of a private key: its owner alone.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Everyone =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file so that, whenever the power fails, its name stands for all of it or is not there: a
    /// temporary file, flushed to the disk, then renamed.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret)
    {
        string unfinished = path + UnfinishedEnding;
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            // The mode holds from the file's first moment; one that is changed later leaves a moment to read it.
            File.Delete(unfinished);
            options.UnixCreateMode = secret ? OwnerOnly : Everyone;
        }

        using (FileStream file = new(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads a file of a bounded size.</summary>
    /// <exception cref="PkiException">It is larger, or cannot be read.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > maxBytes)
            {
                throw new PkiException($"{path} has {file.Length} bytes; {maxBytes} is the most");
            }

            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"{path} can't be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>One certificate, DER or PEM, without a key.</summary>
    /// <exception cref="PkiException">The file holds none.</exception>
    public static X509Certificate2 ReadCertificate(string path)
    {
        byte[] content = Decoded(Read(path, MaxCertificateBytes), "CERTIFICATE");
        try
        {
            return X509CertificateLoader.LoadCertificate(content);
        }
        catch (CryptographicException e)
        {
            throw new PkiException($"{path} holds no X.509 certificate in DER or PEM", e);
        }
    }

    /// <summary>DER, taken out of PEM where the content is PEM with the given label.</summary>
    public static byte[] Decoded(byte[] content, string label)
    {
        if (!content.AsSpan().StartsWith("-----BEGIN "u8))
        {
            return content;
        }

        string text = Encoding.ASCII.GetString(content);
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            if (rest[fields.Label].SequenceEqual(label))
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }

        return content;
    }
}
