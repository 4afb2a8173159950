using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Steps 1 to 3 of the handshake: parameters, id last, answer, echo. Starts nothing.</summary>
internal static class UnitRequests
{
    private static readonly string[] AnswerNames =
    [
        // The PLC sets Ack.Id after everything that belongs to the answer, so it is read before all that.
        CommonTags.AckId,
        CommonTags.AckCode,
        CommonTags.AckText,
        CommonTags.ActiveId,
        CommonTags.ResultId,
        CommonTags.ActivePhase,
    ];

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="ArgumentException">The request does not carry exactly the phase's parameters.</exception>
    /// <exception cref="LineUnreachableException">No answer in time; whether the unit took it is unknown.</exception>
    /// <exception cref="LineContractException">The answer is none that the contract knows.</exception>
    public static async Task<RequestAnswer> SendAsync(
        UnitLink unit, PhaseRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string, Variant)> writes = Writes(unit.Tags.Contract, request);
        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        await unit.Tags.WriteAsync(writes, cancellationToken).ConfigureAwait(false);

        // A PLC that lost power between the two writes has lost the parameters: the id must not follow them.
        unit.Tags.ExpectSession(session, "writing a request");
        await unit.Tags.WriteAsync(
            [(CommonTags.RequestId, Variant.Of(request.Id.Value))], cancellationToken).ConfigureAwait(false);

        var answer = new AnswerReading(unit.Tags.Unit, request);
        string[] names = [.. AnswerNames, .. request.Parameters.Select(static p => "Active." + p.Name)];
        var wait = new UnitWait(
            "waiting for the answer to a request",
            session,
            names,
            unit.Watch.Handshake,
            unit.Options.ReadBackPeriod,
            unit.Options.AnswerTimeout);
        return await unit.PollAsync(wait, answer.Decide, cancellationToken).ConfigureAwait(false)
            ?? throw answer.Missing(unit.Options.AnswerTimeout);
    }

    private static List<(string Name, Variant Value)> Writes(UnitContract contract, PhaseRequest request)
    {
        PhaseContract phase = contract.Phase(request.Phase)
            ?? throw new ArgumentException($"{contract.Unit} has no phase {request.Phase}", nameof(request));
        string[] given = [.. request.Parameters.Select(static p => p.Name)];
        if (given.Length != phase.ParameterNames.Length || given.Except(phase.ParameterNames).Any())
        {
            throw new ArgumentException(
                $"{request.Phase} takes {string.Join(", ", phase.ParameterNames)}; "
                + $"given are {string.Join(", ", given)}",
                nameof(request));
        }

        var writes = request.Parameters
            .Select(p => (Name: "Request." + p.Name, Value: ToVariant(contract.Tag("Request." + p.Name), p.Value)))
            .ToList();
        writes.Add((CommonTags.RequestPhase, Variant.Of((int)request.Phase)));
        writes.Add((CommonTags.RequestEpoch, Variant.Of(request.OwnerEpoch)));
        return writes;
    }

    private static Variant ToVariant(TagDefinition tag, object value) => (tag.Type, value) switch
    {
        (TagType.Double, double number) => Variant.Of(number),
        (TagType.Int32, int number) => Variant.Of(number),
        (TagType.String, string text) => Variant.Of(text),
        _ => throw new ArgumentException($"{tag.FullName} takes a {tag.TypeName}, not a {value.GetType().Name}"),
    };
}
