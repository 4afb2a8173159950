using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Read and Write (OPC 10000-4 §5.10).</summary>
internal sealed class AttributeService(AddressSpace space, UaServerLimits limits, TimeProvider time)
{
    private static readonly QualifiedName DefaultBinary = new(0, "Default Binary");

    /// <summary>Held over the writes of all clients, so that a variable's <see cref="UaVariable.Writing"/> never runs
    /// twice at a time and what it allowed is what is stored.</summary>
    private readonly Lock writing = new();

    public ReadResponse Read(ReadRequest request)
    {
        Operations.Check(request.NodesToRead.Length, limits);
        CheckTimestamps(request.TimestampsToReturn);
        if (request.MaxAgeMs < 0 || double.IsNaN(request.MaxAgeMs))
        {
            throw new UaException(StatusCodes.BadMaxAgeInvalid, "The greatest age is 0 ms or more");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var results = new DataValue[request.NodesToRead.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Read(request.NodesToRead[i], request.TimestampsToReturn, now);
        }

        return new ReadResponse { Results = results };
    }

    public WriteResponse Write(WriteRequest request)
    {
        Operations.Check(request.NodesToWrite.Length, limits);
        var results = new StatusCode[request.NodesToWrite.Length];
        lock (writing)
        {
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = Write(request.NodesToWrite[i]);
            }
        }

        return new WriteResponse { Results = results };
    }

    public static void CheckTimestamps(TimestampsToReturn wanted)
    {
        if (wanted is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            throw new UaException(StatusCodes.BadTimestampsToReturnInvalid, $"{wanted} names no timestamps");
        }
    }

    /// <summary>Leaves the timestamps that were asked for.</summary>
    public static DataValue Stamp(DataValue value, TimestampsToReturn wanted, DateTime now) => value with
    {
        SourceTimestamp = wanted is TimestampsToReturn.Source or TimestampsToReturn.Both
            ? value.SourceTimestamp
            : null,
        ServerTimestamp = wanted is TimestampsToReturn.Server or TimestampsToReturn.Both ? now : null,
    };

    /// <summary>What speaks against reading or monitoring this, apart from the value itself: node, attribute, range,
    /// encoding, access.</summary>
    public StatusCode CheckReadable(ReadValueId item, out UaNode? node)
    {
        if (!space.TryFind(item.NodeId, out node))
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        if (item.AttributeId != AttributeId.Value)
        {
            var exists = !NodeAttributes.Read(node, item.AttributeId).IsNull;
            return !exists ? StatusCodes.BadAttributeIdInvalid
                : !item.DataEncoding.IsNull ? StatusCodes.BadDataEncodingInvalid
                : string.IsNullOrEmpty(item.IndexRange) ? StatusCodes.Good
                : StatusCodes.BadIndexRangeNoData;
        }

        if (node is not UaVariable variable)
        {
            return StatusCodes.BadAttributeIdInvalid;
        }

        if (!string.IsNullOrEmpty(item.IndexRange) && !IndexRange.TryParse(item.IndexRange, out _))
        {
            return StatusCodes.BadIndexRangeInvalid;
        }

        if (!item.DataEncoding.IsNull && item.DataEncoding != DefaultBinary)
        {
            // Only structures can be encoded one way or another (OPC 10000-4 §5.11.2.4).
            return space.Types.IsA(variable.DataType, DataTypeIds.Structure)
                ? StatusCodes.BadDataEncodingUnsupported
                : StatusCodes.BadDataEncodingInvalid;
        }

        return !variable.AccessLevel.HasFlag(AccessLevels.CurrentRead) ? StatusCodes.BadNotReadable
            : !variable.UserAccessLevel.HasFlag(AccessLevels.CurrentRead) ? StatusCodes.BadUserAccessDenied
            : StatusCodes.Good;
    }

    /// <summary>Cuts a value to the index range, when one is asked for.</summary>
    public static DataValue Cut(DataValue value, string? indexRange)
    {
        if (string.IsNullOrEmpty(indexRange) || value.Status.IsBad
            || !IndexRange.TryParse(indexRange, out var range))
        {
            return value;
        }

        var status = range.Cut(value.Value, out var part);
        return status.IsBad ? value with { Value = Variant.Null, Status = status } : value with { Value = part };
    }

    private DataValue Read(ReadValueId item, TimestampsToReturn wanted, DateTime now)
    {
        var status = CheckReadable(item, out var node);
        if (status.IsBad)
        {
            return new DataValue(Variant.Null, status);
        }

        if (item.AttributeId != AttributeId.Value)
        {
            return new DataValue(NodeAttributes.Read(node!, item.AttributeId));
        }

        return Stamp(Cut(((UaVariable)node!).Value, item.IndexRange), wanted, now);
    }

    private StatusCode Write(WriteValue item)
    {
        if (!space.TryFind(item.NodeId, out var node))
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        if (item.AttributeId != AttributeId.Value || node is not UaVariable variable)
        {
            var exists = item.AttributeId != AttributeId.Value && !NodeAttributes.Read(node, item.AttributeId).IsNull;
            return exists ? StatusCodes.BadNotWritable : StatusCodes.BadAttributeIdInvalid;
        }

        if (!variable.AccessLevel.HasFlag(AccessLevels.CurrentWrite))
        {
            return StatusCodes.BadNotWritable;
        }

        if (!variable.UserAccessLevel.HasFlag(AccessLevels.CurrentWrite))
        {
            return StatusCodes.BadUserAccessDenied;
        }

        var value = item.Value.Value;
        if (!string.IsNullOrEmpty(item.IndexRange))
        {
            if (!IndexRange.TryParse(item.IndexRange, out var range))
            {
                return StatusCodes.BadIndexRangeInvalid;
            }

            var pasted = range.Paste(variable.Value.Value, value, out value);
            if (pasted.IsBad)
            {
                return pasted;
            }
        }

        var check = ValueCheck.Check(variable, value, space.Types);
        return check.IsBad ? check : Store(variable, item.Value with { Value = value });
    }

    private StatusCode Store(UaVariable variable, DataValue written)
    {
        var value = written with
        {
            SourceTimestamp = written.SourceTimestamp ?? time.GetUtcNow().UtcDateTime,
            ServerTimestamp = null,
        };
        var verdict = variable.Writing?.Invoke(value) ?? StatusCodes.Good;
        if (verdict.IsBad)
        {
            return verdict;
        }

        variable.Store(value);
        variable.Written?.Invoke(value);
        return verdict;
    }
}
