using System.Xml;
using System.Xml.Linq;
using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.NodeSets;

/// <summary>Loads a NodeSet2 document (OPC 10000-6 Annex F) in two steps: everything is read and checked first, and
/// only then added. A document with a DTD, and so with entities, is refused.</summary>
internal static class NodeSetLoader
{
    public static readonly XNamespace Schema = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";

    /// <summary>Largest document, characters: the standard's own node set has 3.6 million.</summary>
    private const long MostCharacters = 64L * 1024 * 1024;

    public static void Load(Stream xml, AddressSpace space)
    {
        var root = Parse(xml);
        if (root.Name != Schema + "UANodeSet")
        {
            throw new NodeSetException(Line(root), $"The root element is <{root.Name.LocalName}>, not <UANodeSet>.");
        }

        var names = NodeSetNames.Read(root, space);
        var reader = new NodeSetReader(names, space);
        foreach (var element in root.Elements())
        {
            if (element.Name.Namespace == Schema && element.Name.LocalName.StartsWith("UA", StringComparison.Ordinal))
            {
                reader.Read(element);
            }
        }

        reader.CheckReferences();
        names.AddTo(space);
        foreach (var node in reader.Nodes)
        {
            space.Add(node);
        }

        foreach (var (source, type, target) in reader.References)
        {
            space.AddReference(source, type, target);
        }
    }

    public static int Line(XObject at) => at is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 0;

    private static XElement Parse(Stream xml)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostCharacters,
        };
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException failure)
        {
            throw new NodeSetException(
                failure.LineNumber, $"The document is not well formed: {failure.Message}", failure);
        }
    }
}
