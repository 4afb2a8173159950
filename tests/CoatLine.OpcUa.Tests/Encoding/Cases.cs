using CsCheck;

namespace CoatLine.OpcUa.Tests;

/// <summary>Values drawn from generators with a fixed seed, so every run tests the same ones.</summary>
internal static class Cases
{
    private const uint Stream = 20260304;

    private static readonly Gen<DiagnosticInfo?> NoDiagnostic = Gen.Const(static () => (DiagnosticInfo?)null);

    private static readonly string[] Words = ["", "水Boy", "µm", "😀", "°C"];

    public static readonly Gen<NodeId> NodeIds = Gen.OneOf(
        Gen.Select(Gen.UShort, Gen.UInt, (ns, id) => new NodeId(ns, id)),
        Gen.Select(Gen.Byte, Gen.UShort, (ns, id) => new NodeId(ns, (uint)id)),
        Gen.Byte.Select(id => new NodeId(id)),
        Gen.Select(Gen.UShort, Text(), (ns, id) => new NodeId(ns, id)),
        Gen.Select(Gen.UShort, Gen.Guid, (ns, id) => new NodeId(ns, id)),
        Gen.Select(Gen.UShort, Gen.Byte.Array[0, 20], (ns, id) => new NodeId(ns, id)));

    public static readonly Gen<ExpandedNodeId> ExpandedNodeIds = Gen.Select(
        NodeIds, Text().Null(), Gen.UInt[0, 3], (id, uri, server) => new ExpandedNodeId(id, uri, server));

    public static readonly Gen<DateTime> Times = Gen.Long[1, 3_000_000_000_000_000_000 - 504_911_232_000_000_000 - 1]
        .Select(steps => new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(steps));

    public static readonly Gen<DiagnosticInfo> Diagnostics = Diagnostic(3);

    public static readonly Gen<ExtensionObject> ExtensionObjects = Gen.OneOf(
        Gen.Const(ExtensionObject.Null),
        Gen.Select(Gen.Double, Gen.Double, (low, high) => new ExtensionObject(new UaRange(low, high))),
        Gen.Select(Gen.UShort[1, 9], Gen.UInt, Gen.Byte.Array[0, 30], Gen.Bool, (ns, id, body, xml) =>
            new ExtensionObject(
                new NodeId(ns, id), body, xml ? ExtensionObjectEncoding.Xml : ExtensionObjectEncoding.Binary)));

    public static readonly Gen<Variant> Variants = Variant(3);

    public static readonly Gen<DataValue> DataValues = DataValue(Variants);

    public static IEnumerable<T> Of<T>(Gen<T> gen, int count)
    {
        var chance = new PCG(Stream, 1);
        for (var i = 0; i < count; i++)
        {
            yield return gen.Generate(chance, null, out _);
        }
    }

    // Lone surrogates have no UTF-8 and are left out.
    private static Gen<string> Text() => Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, 12].Select(c => new string(c)), Gen.Int[0, 4].Select(i => Words[i]));

    private static Gen<DiagnosticInfo> Diagnostic(int depth) => Gen.Select(
        Gen.Int.Nullable(), Gen.Int.Nullable(), Text().Null(), Gen.UInt.Nullable(),
        depth == 0 ? NoDiagnostic : Gen.OneOf(NoDiagnostic, Some(depth)),
        (symbol, locale, text, status, inner) => new DiagnosticInfo
        {
            SymbolicId = symbol ?? 1,
            Locale = locale,
            AdditionalInfo = text,
            InnerStatusCode = status is { } code ? new StatusCode(code) : null,
            InnerDiagnosticInfo = inner,
        });

    private static Gen<DiagnosticInfo?> Some(int depth) => Diagnostic(depth - 1).Select(d => (DiagnosticInfo?)d);

    private static Gen<DataValue> DataValue(Gen<Variant> variants) => Gen.Select(
        variants, Gen.UInt, Times.Nullable(), Times.Nullable(), Gen.UShort[0, 9999],
        (value, status, source, server, picoseconds) => new DataValue(value, new StatusCode(status), source, server)
        {
            SourcePicoseconds = source is null ? (ushort)0 : picoseconds,
            ServerPicoseconds = server is null ? (ushort)0 : picoseconds,
        });

    private static Gen<Variant> Variant(int depth)
    {
        var flat = Gen.OneOf(Scalars(), Arrays(), Matrices());
        if (depth == 0)
        {
            return flat;
        }

        var inner = Variant(depth - 1);
        return Gen.OneOf(
            flat,
            inner.Array[0, 4].Select(OpcUa.Variant.Of),
            DataValue(inner).Select(OpcUa.Variant.Of),
            DataValue(inner).Array[0, 3].Select(OpcUa.Variant.Of));
    }

    private static Gen<Variant> Scalars() => Gen.OneOf(
        Gen.Const(OpcUa.Variant.Null),
        Gen.Bool.Select(OpcUa.Variant.Of),
        Gen.SByte.Select(OpcUa.Variant.Of),
        Gen.Byte.Select(OpcUa.Variant.Of),
        Gen.Short.Select(OpcUa.Variant.Of),
        Gen.UShort.Select(OpcUa.Variant.Of),
        Gen.Int.Select(OpcUa.Variant.Of),
        Gen.UInt.Select(OpcUa.Variant.Of),
        Gen.Long.Select(OpcUa.Variant.Of),
        Gen.ULong.Select(OpcUa.Variant.Of),
        Gen.Float.Select(OpcUa.Variant.Of),
        Gen.Double.Select(OpcUa.Variant.Of),
        Text().Select(t => OpcUa.Variant.Of(t)),
        Times.Select(OpcUa.Variant.Of),
        Gen.Guid.Select(OpcUa.Variant.Of),
        Gen.Byte.Array[0, 20].Select(b => OpcUa.Variant.Of(b)),
        Text().Select(OpcUa.Variant.OfXmlElement),
        NodeIds.Select(OpcUa.Variant.Of),
        ExpandedNodeIds.Select(OpcUa.Variant.Of),
        Gen.UInt.Select(c => OpcUa.Variant.Of(new StatusCode(c))),
        Gen.Select(Gen.UShort, Text(), (ns, n) => OpcUa.Variant.Of(new QualifiedName(ns, n))),
        Gen.Select(Text().Null(), Text().Null(), (l, t) => OpcUa.Variant.Of(new LocalizedText(l, t))),
        ExtensionObjects.Select(e => OpcUa.Variant.Of(e)),
        Diagnostics.Select(OpcUa.Variant.Of));

    private static Gen<Variant> Arrays() => Gen.OneOf(
        Gen.Bool.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Gen.Byte.Array[0, 5].Select(OpcUa.Variant.OfByteArray),
        Gen.ULong.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Gen.Double.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Text().Null().Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Times.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Gen.Guid.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        Gen.Byte.Array[0, 5].Null().Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        NodeIds.Array[0, 5].Select(a => OpcUa.Variant.Of(a)),
        ExtensionObjects.Array[0, 5].Select(a => OpcUa.Variant.Of(a)));

    private static Gen<Variant> Matrices() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).SelectMany(size =>
        Gen.Int.Array[size.Item1 * size.Item2].Select(a =>
            OpcUa.Variant.OfArray(BuiltInType.Int32, a, [size.Item1, size.Item2])));
}
