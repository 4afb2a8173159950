using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// The folder of the keys that sign checkpoints: <c>N.key.pem</c> holds a private key (mode 0600), <c>N.json</c> its
/// public half with the word of the key before it; N counts from 1 and the highest is in use. Nothing is ever
/// overwritten. Not thread-safe.
/// </summary>
public sealed class KeyFolder
{
    private const string PrivateSuffix = ".key.pem";
    private const string PublicSuffix = ".json";

    private readonly string _folder;

    /// <summary>Names the folder; it is made with the first key.</summary>
    public KeyFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>Every public key, oldest first; empty when there is none yet.</summary>
    /// <exception cref="ProofException">A file is not what it should be; the message names it.</exception>
    public ImmutableArray<KeySuccession> Keys() =>
        [.. Numbers().Select(n => ProofJson.ReadKey(PathOf(n, PublicSuffix)))];

    /// <summary>The key in use; the first one is made when there is none. The caller disposes of it.</summary>
    /// <exception cref="ProofException">A file is not what it should be, or cannot be written.</exception>
    public SigningKey Current()
    {
        int newest = Numbers().LastOrDefault();
        return newest == 0 ? Add(1, SigningKey.Create(), KeySuccession.First) : Read(newest);
    }

    /// <summary>Makes a new key, vouched for by the present one, and uses it from now on.</summary>
    /// <exception cref="ProofException">A file is not what it should be, or cannot be written.</exception>
    public SigningKey Rotate()
    {
        using SigningKey present = Current();
        return Add(Numbers().Last() + 1, SigningKey.Create(), next => KeySuccession.Next(present, next));
    }

    private SigningKey Add(int number, SigningKey key, Func<SigningKey, KeySuccession> vouch)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(
                    _folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            Directory.CreateDirectory(_folder);

            // The secret first: a public key without its secret would be taken for the one in use.
            WriteOnce.File(PathOf(number, PrivateSuffix), key.ToPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            WriteOnce.File(PathOf(number, PublicSuffix), ProofJson.Write(vouch(key)), WriteOnce.ReadOnly);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new ProofException($"the signing key cannot be written to '{_folder}': {e.Message}", e);
        }
    }

    private SigningKey Read(int number)
    {
        string path = PathOf(number, PrivateSuffix);
        try
        {
            SigningKey key = SigningKey.FromPem(File.ReadAllText(path));
            if (key.Id == ProofJson.ReadKey(PathOf(number, PublicSuffix)).Key.Id)
            {
                return key;
            }

            key.Dispose();
            throw new ProofException($"'{path}' and '{PathOf(number, PublicSuffix)}' do not belong together");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ProofException($"the signing key '{path}' cannot be read: {e.Message}", e);
        }
    }

    // A key that was cut off between its two files has no public half and was never used: it is passed over.
    private IEnumerable<int> Numbers() => !Directory.Exists(_folder)
        ? []
        : Directory.EnumerateFiles(_folder, "*" + PublicSuffix)
            .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), out int number) ? number : 0)
            .Where(number => number > 0)
            .Order();

    private string PathOf(int number, string suffix) =>
        Path.Combine(_folder, FormattableString.Invariant($"{number}{suffix}"));
}
