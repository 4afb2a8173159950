using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace CoatLine.Domain.Events.Contract;

/// <summary>
/// What the source says of a type, a field or an enum value: the documentation that the compiler puts beside the
/// assembly. So a schema's descriptions and the source cannot say different things.
/// </summary>
internal sealed class DocumentationText
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Takes the documentation apart.</summary>
    /// <param name="xml">The file as the compiler wrote it.</param>
    /// <exception cref="System.Xml.XmlException">It is not XML.</exception>
    public DocumentationText(Stream xml) => _members = XDocument.Load(xml).Descendants("member")
        .Where(static m => m.Attribute("name") is not null)
        .ToDictionary(static m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The sentences about a type.</summary>
    public string Of(Type type) => Summary($"T:{NameOf(type)}");

    /// <summary>The sentences about one value of an enum.</summary>
    public string Of(Type enumType, string value) => Summary($"F:{NameOf(enumType)}.{value}");

    /// <summary>The sentences about a field of a record: those of the record itself, or else of the one it extends.
    /// </summary>
    /// <exception cref="InvalidOperationException">The source says nothing about it.</exception>
    public string Of(Type record, PropertyInfo property)
    {
        XElement? parameter = Member($"T:{NameOf(record)}")?.Elements("param")
            .FirstOrDefault(p => p.Attribute("name")?.Value == property.Name);
        return parameter is null
            ? Summary($"P:{NameOf(property.DeclaringType!)}.{property.Name}")
            : Flat(parameter);
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private string Summary(string member) => Member(member)?.Element("summary") is { } summary
        ? Flat(summary)
        : throw new InvalidOperationException($"the source says nothing about {member}");

    private XElement? Member(string name) => _members.GetValueOrDefault(name);

    private static string Flat(XElement element)
    {
        var text = new StringBuilder();
        foreach (XNode node in element.DescendantNodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "see" or "seealso" } see => LastName(see.Attribute("cref")?.Value),
                XElement { Name.LocalName: "paramref" } reference => Field(reference.Attribute("name")!.Value),
                _ => string.Empty,
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string LastName(string? reference) => reference?.Split('(')[0].Split('.', ':')[^1] ?? string.Empty;

    private static string Field(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
