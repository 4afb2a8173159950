using Ua = Opc.Ua;

namespace CoatLine.OpcUa.Foundation;

/// <summary>
/// Carries values from one stack's types to the other's over the one form that both must agree on: the binary encoding
/// (OPC 10000-6 §5.2). So every built-in type passes, known to the port or not. Thread-safe.
/// </summary>
internal static class FoundationValues
{
    /// <summary>A value of the Foundation's stack as the port has it.</summary>
    public static DataValue ToPort(Ua.DataValue value, Ua.IServiceMessageContext context)
    {
        using var encoder = new Ua.BinaryEncoder(context);
        encoder.WriteDataValue(null, value);
        return new UaDecoder(encoder.CloseAndReturnBuffer()).ReadDataValue();
    }

    /// <summary>A variant of the Foundation's stack as the port has it.</summary>
    public static Variant ToPort(Ua.Variant value, Ua.IServiceMessageContext context)
    {
        using var encoder = new Ua.BinaryEncoder(context);
        encoder.WriteVariant(null, value);
        return new UaDecoder(encoder.CloseAndReturnBuffer()).ReadVariant();
    }

    /// <summary>A status of the Foundation's stack as the port has it.</summary>
    public static StatusCode ToPort(Ua.StatusCode status) => new(status.Code);

    /// <summary>A variant of the port as the Foundation's stack has it.</summary>
    public static Ua.Variant FromPort(Variant value, Ua.IServiceMessageContext context)
    {
        using var encoder = new UaEncoder();
        encoder.WriteVariant(value);
        using var decoder = new Ua.BinaryDecoder(encoder.WrittenSpan.ToArray(), context);
        return decoder.ReadVariant(null);
    }
}
