namespace CoatLine.Cli.Commands;

/// <summary>Reads a text file that a person named.</summary>
internal static class TextInput
{
    private const int BytesPerCharacter = 4;

    /// <summary>The text of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What it should be, for messages.</param>
    /// <param name="maxLength">The most characters that such a text may have.</param>
    /// <exception cref="CommandFailedException">The file can't be read, or is far too long.</exception>
    public static string Read(FileInfo file, string what, int maxLength)
    {
        try
        {
            return file.Length > (long)BytesPerCharacter * maxLength
                ? throw CommandFailedException.BadInput($"{file} has {file.Length} bytes; that is no {what}")
                : File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput($"the {what} {file} can't be read: {e.Message}", e);
        }
    }
}
