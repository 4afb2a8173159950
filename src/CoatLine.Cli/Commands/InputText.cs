namespace CoatLine.Cli.Commands;

/// <summary>Reads a file that a person named.</summary>
internal static class InputText
{
    private const int BytesPerCharacter = 4;

    /// <summary>Most bytes of a text of so many characters in UTF-8.</summary>
    public static int MaxBytesOf(int characters) => BytesPerCharacter * characters;

    /// <summary>The text of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="maxBytes">Largest size, inclusive.</param>
    /// <exception cref="CommandFailedException">It is missing, unreadable or too large.</exception>
    public static string Read(FileInfo file, string what, int maxBytes)
    {
        try
        {
            return file.Length > maxBytes
                ? throw CommandFailedException.BadInput($"{file} has {file.Length} bytes; the limit is {maxBytes}")
                : File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput($"the {what} {file} can't be read: {e.Message}", e);
        }
    }
}
