namespace CoatLine.OpcUa;

/// <summary>A structure or message that can be written in UA Binary (OPC 10000-6 §5.2.6).</summary>
public interface IUaStructure
{
    /// <summary>NodeId of the structure's "Default Binary" encoding.</summary>
    NodeId BinaryEncodingId { get; }

    /// <summary>Writes the fields, without the type id.</summary>
    void Encode(UaEncoder encoder);
}

/// <summary>A structure that can also be read.</summary>
public interface IUaStructure<TSelf> : IUaStructure
    where TSelf : IUaStructure<TSelf>
{
    /// <summary>Number of the "Default Binary" encoding in namespace 0.</summary>
    static abstract uint EncodingId { get; }

    /// <summary>Reads the fields, without the type id.</summary>
    /// <exception cref="UaException">BadDecodingError or BadEncodingLimitsExceeded.</exception>
    static abstract TSelf Decode(ref UaDecoder decoder);

    NodeId IUaStructure.BinaryEncodingId => new(TSelf.EncodingId);
}
