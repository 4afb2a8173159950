namespace CoatLine.OpcUa.Server;

/// <summary>The bound on the operations of one request (OPC 10000-4 §7.39: BadNothingToDo, BadTooManyOperations).
/// </summary>
internal static class Operations
{
    public static void Check(int count, UaServerLimits limits)
    {
        if (count == 0)
        {
            throw new UaException(StatusCodes.BadNothingToDo, "The request names nothing to do");
        }

        if (count > limits.MaxOperationsPerCall)
        {
            throw new UaException(
                StatusCodes.BadTooManyOperations,
                $"{count} operations are over the limit of {limits.MaxOperationsPerCall}");
        }
    }
}
