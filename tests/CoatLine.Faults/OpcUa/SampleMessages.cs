using System.Reflection;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;

namespace CoatLine.Faults.OpcUa;

/// <summary>The corpus: every message and structure that the library knows, with every field set, as the encoder
/// writes it. It follows from the code, so a new message is in it from its first day.</summary>
internal static class SampleMessages
{
    private static readonly DateTime Then = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    private static readonly Variant[] Values =
    [
        Variant.Null,
        Variant.Of([1.5, 2.5]),
        Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4 }, [2, 2]),
        Variant.Of("text"),
        Variant.Of(new byte[] { 1, 2, 3 }),
        Variant.Of([Variant.Of(1), Variant.Of([Variant.Of("inner")])]),
        Variant.Of(new DataValue(Variant.Of([new DataValue(Variant.Of(true))]), StatusCodes.BadOutOfRange, Then)),
        Variant.Of(new ExtensionObject(new UaRange(0, 1))),
        Variant.Of(new ExtensionObject(new NodeId(2, 77u), [1, 2, 3])),
        Variant.Of(new DiagnosticInfo { Locale = 1, InnerDiagnosticInfo = new DiagnosticInfo { Locale = 2 } }),
        Variant.Of(new NodeId(0, new byte[] { 9 })),
        Variant.Of(new LocalizedText("en", "text")),
    ];

    /// <summary>The requests, with their type ids.</summary>
    public static IReadOnlyList<byte[]> Requests { get; } =
        [.. Types(typeof(IUaRequest)).SelectMany(Octets)];

    /// <summary>The responses, with their type ids.</summary>
    public static IReadOnlyList<byte[]> Responses { get; } =
        [.. Types(typeof(IUaResponse)).SelectMany(Octets)];

    /// <summary>The values above, as Variants.</summary>
    public static IReadOnlyList<byte[]> Variants { get; } =
        [.. Values.Select(value => Written(encoder => encoder.WriteVariant(value)))];

    public static byte[] Written(Action<UaEncoder> write)
    {
        using var encoder = new UaEncoder();
        write(encoder);
        return encoder.WrittenSpan.ToArray();
    }

    /// <summary>Every kind of structure that can stand in an ExtensionObject, inside one.</summary>
    public static IReadOnlyList<byte[]> Structures { get; } =
    [
        .. Types(typeof(IUaStructure))
            .Where(type => !type.IsAssignableTo(typeof(IUaRequest)) && !type.IsAssignableTo(typeof(IUaResponse)))
            .SelectMany(type => Enumerable.Range(0, 2).Select(round => Filled(type, round)))
            .Select(value => Written(e => e.WriteExtensionObject(ExtensionObject.Of((IUaStructure)value)))),
    ];

    private static IEnumerable<Type> Types(Type kind) => typeof(IUaRequest).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(kind))
        .Where(type => type != typeof(UnknownRequest) && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static IEnumerable<byte[]> Octets(Type type)
    {
        for (var round = 0; round < Values.Length; round += 3)
        {
            var message = (IUaStructure)Filled(type, round);
            yield return Written(encoder => UaMessages.Write(encoder, message));
        }
    }

    private static object Filled(Type type, int round)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite)
            {
                property.SetValue(instance, Sample(property.PropertyType, round++));
            }
        }

        return instance;
    }

    private static object? Sample(Type type, int round)
    {
        if (type.IsArray && type != typeof(byte[]))
        {
            var array = Array.CreateInstance(type.GetElementType()!, round % 3);
            for (var i = 0; i < array.Length; i++)
            {
                array.SetValue(Sample(type.GetElementType()!, round + i), i);
            }

            return array;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.ToObject(type, round % 4) : type switch
        {
            _ when type == typeof(bool) => round % 2 == 0,
            _ when type == typeof(byte) => (byte)round,
            _ when type == typeof(int) => -round,
            _ when type == typeof(uint) => (uint)round,
            _ when type == typeof(double) => round * 1.5,
            _ when type == typeof(string) => round % 5 == 0 ? null : "水Boy",
            _ when type == typeof(byte[]) => new byte[] { 1, 2, 3 },
            _ when type == typeof(DateTime) => Then,
            _ when type == typeof(NodeId) => round % 2 == 0 ? new NodeId(2, "A") : new NodeId(0, 2253u),
            _ when type == typeof(ExpandedNodeId) => new ExpandedNodeId(new NodeId(5), "urn:x", 1),
            _ when type == typeof(QualifiedName) => new QualifiedName(2, "Name"),
            _ when type == typeof(LocalizedText) => new LocalizedText("en", "Text"),
            _ when type == typeof(StatusCode) => StatusCodes.UncertainInitialValue,
            _ when type == typeof(Variant) => Values[round % Values.Length],
            _ when type == typeof(DataValue) => new DataValue(Values[round % Values.Length], StatusCodes.Good, Then),
            _ when type == typeof(DiagnosticInfo) => new DiagnosticInfo { SymbolicId = 4, AdditionalInfo = "Info" },
            _ when type == typeof(ExtensionObject) => new ExtensionObject(new UaRange(0, 1)),
            _ => Filled(type, round + 1),
        };
    }
}
