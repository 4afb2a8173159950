using System.CommandLine;
using CoatLine.Plots;

namespace CoatLine.Cli.Output;

/// <summary>Where a picture goes: a file named with <c>--plot</c>, its format told by its extension.</summary>
internal sealed record PictureFile(string Path, PictureFormat Format)
{
    private const string OptionName = "--plot";

    /// <summary>The option; a name with another extension is bad usage.</summary>
    public static Option<PictureFile?> Option(string description) => new(OptionName)
    {
        Description = $"{description} ({PictureFormats.Extensions})",
        HelpName = "FILE",
        CustomParser = static result =>
        {
            string name = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (PictureFormats.TryParse(name, out PictureFormat? format))
            {
                return new PictureFile(name, format.Value);
            }

            result.AddError($"{OptionName} must name a file that ends in {PictureFormats.Extensions}, not '{name}'");
            return null;
        },
    };

    /// <summary>Draws the picture and writes it, in place of an older one.</summary>
    /// <exception cref="CommandFailedException">The file can't be written, or nothing can be drawn on this machine.
    /// </exception>
    public void Write(Func<PictureFormat, byte[]> draw)
    {
        try
        {
            File.WriteAllBytes(Path, draw(Format));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput($"{OptionName} {Path} can't be written: {e.Message}", e);
        }
        catch (PictureFontException e)
        {
            throw CommandFailedException.Unreachable($"{OptionName}: {e.Message}", e);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException)
        {
            // The native library is there for the systems that .NET itself calls portable; others have none.
            throw CommandFailedException.Unreachable(
                $"{OptionName}: the drawing library does not load on this machine ({e.Message})", e);
        }
    }
}
