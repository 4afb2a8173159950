using System.Collections.Immutable;

namespace CoatLine.Domain.Recipes;

/// <summary>Reads a YAML document by its fields: what is there, or every error found, never both.</summary>
internal static class YamlFile
{
    /// <summary>Reads a document. Never throws on what stands in the text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="root">Reads the document and finishes it; what it gives is dropped when there was an error.</param>
    public static (T? Value, ImmutableArray<RecipeError> Errors) Read<T>(
        string yaml, string fileName, Func<FieldReader, T> root)
    {
        ErrorList errors = new(fileName);
        try
        {
            T value = root(FieldReader.Of(YamlTree.Read(yaml), string.Empty, errors));
            return errors.Any ? (default, errors.Sorted()) : (value, []);
        }
        catch (YamlRefusedException refused)
        {
            errors.Add(string.Empty, refused.Line, refused.Message);
            return (default, errors.Sorted());
        }
    }
}
