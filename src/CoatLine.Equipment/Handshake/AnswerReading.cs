using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Handshake;

/// <summary>Makes the answer to one request out of what is read. One reader at a time.</summary>
internal sealed class AnswerReading(Unit unit, PhaseRequest request)
{
    private RequestAnswer? previous;
    private string? contradiction;

    /// <summary>
    /// The answer, or null while there is none. A plain acceptance is believed at once; a refusal or a different echo
    /// only when it is read twice alike, for the PLC may have been writing its answer while it was read.
    /// </summary>
    /// <exception cref="LineContractException">The answer code is none of the contract's.</exception>
    public RequestAnswer? Decide(TagValues values)
    {
        if (values.Required<ulong>(CommonTags.AckId) != request.Id.Value)
        {
            return null;
        }

        RequestAnswer? answer = Read(values);
        if (answer is null || answer is { Code: AckCode.Accepted, EchoDifferences.Count: 0 })
        {
            return answer;
        }

        bool isConfirmed = IsSame(previous, answer);
        previous = answer;
        return isConfirmed ? answer : null;
    }

    /// <summary>Why there is no answer after all the time there was.</summary>
    public Exception Missing(TimeSpan timeout) => contradiction is null
        ? new LineUnreachableException(
            $"{unit} did not answer request {request.Id} within {timeout.TotalSeconds:F1} s; "
            + "whether it has taken it is unknown")
        : new LineContractException(contradiction);

    private RequestAnswer? Read(TagValues values)
    {
        var code = (AckCode)values.Required<int>(CommonTags.AckCode);
        ulong active = values.Required<ulong>(CommonTags.ActiveId);
        bool isFinished = values.Required<ulong>(CommonTags.ResultId) == request.Id.Value;
        bool isActive = active == request.Id.Value;
        contradiction = null;
        switch (code)
        {
            case AckCode.Accepted when isActive:
                return new RequestAnswer(code, string.Empty, EchoComparison.Differences(request, values));

            // Sent again after it ran to its end: nothing can be started by it any more, so there is no echo to judge.
            case AckCode.Accepted when isFinished:
                return new RequestAnswer(code, string.Empty, []);

            case AckCode.Accepted:
                contradiction = $"{unit}.Active.Id is {new RequestId(active)}, "
                    + $"but {unit}.Ack says that {request.Id} is accepted";
                return null;

            case AckCode.None:
                contradiction = $"{unit}.Ack.Code is 0, but {unit}.Ack.Id says that {request.Id} is answered";
                return null;

            case var _ when !Enum.IsDefined(code):
                throw new LineContractException(
                    $"{unit}.Ack.Code is {(int)code}, which the tag contract does not know");

            case var _ when isActive:
                contradiction = $"{unit}.Active.Id is {request.Id}, but {unit}.Ack.Code refuses it with {code}";
                return null;

            default:
                return new RequestAnswer(code, values.WhereGood(CommonTags.AckText, string.Empty), []);
        }
    }

    private static bool IsSame(RequestAnswer? first, RequestAnswer second) =>
        first is not null
        && first.Code == second.Code
        && first.Text == second.Text
        && first.EchoDifferences.SequenceEqual(second.EchoDifferences);
}
