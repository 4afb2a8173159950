using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Plc;

/// <summary>
/// A PLC of one unit that answers at once and does what the test scripts. It ends a phase only when the test says so.
/// </summary>
internal sealed class ScriptedPlc
{
    private readonly IPlcMemory memory;
    private readonly UnitContract contract;

    public ScriptedPlc(IPlcMemory memory, Unit unit)
    {
        this.memory = memory;
        contract = TagContract.Of(unit);
        Set("Profile", Variant.Of(TagContract.Profile));
        Set("Mode", Variant.Of(1));
        Set("State.Current", Variant.Of((int)PackMlState.Idle));
        Beat();
        memory.Written += OnWritten;
    }

    /// <summary>Ids that were accepted, in order.</summary>
    public List<ulong> Accepted { get; } = [];

    /// <summary>Ids whose Start was obeyed, in order.</summary>
    public List<ulong> Started { get; } = [];

    /// <summary>Refuse the next requests with this.</summary>
    public (AckCode Code, string Text)? Refusal { get; set; }

    /// <summary>Do not answer requests until <see cref="AnswerNow"/>.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Take Start and do nothing.</summary>
    public bool IgnoresStart { get; set; }

    /// <summary>Do not take commands at all.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Runs after the echo is latched and before the answer is given.</summary>
    public Action? Latched { get; set; }

    /// <summary>Told of every command that is taken, with its target, before it is obeyed.</summary>
    public Action<PackMlCommand, ulong>? CommandTaken { get; set; }

    public void Set(string tag, Variant value) => memory.Set(Full(tag), value);

    public void SetBad(string tag, StatusCode status) => memory.SetBad(Full(tag), status);

    public T Get<T>(string tag) => memory.Get<T>(Full(tag));

    /// <summary>A sign of life.</summary>
    public void Beat()
    {
        uint count = memory[Full("Heartbeat.Plc")].Value.TryGet(out uint last) ? last : 0;
        Set("Heartbeat.Plc", Variant.Of(count + 1));
    }

    /// <summary>Judges what stands in Request.*.</summary>
    public void AnswerNow()
    {
        ulong id = Get<ulong>("Request.Id");
        if (id == 0 || id == Get<ulong>("Ack.Id"))
        {
            return;
        }

        if (Refusal is { } refusal)
        {
            Set("Ack.Code", Variant.Of((int)refusal.Code));
            Set("Ack.Text", Variant.Of(refusal.Text));
        }
        else
        {
            Latch(id);
            Set("Ack.Code", Variant.Of((int)AckCode.Accepted));
            Set("Ack.Text", Variant.Of(string.Empty));
        }

        Set("Ack.Id", Variant.Of(id));
    }

    /// <summary>Ends the running phase and latches its result.</summary>
    public void Finish(params (string Name, Variant Value)[] values)
    {
        ulong id = Get<ulong>("Active.Id");
        foreach ((string name, Variant value) in values)
        {
            Set("Result." + name, value);
        }

        Set("Result.StartTime", Variant.Of(PlcMemory.Now.AddSeconds(-180)));
        Set("Result.EndTime", Variant.Of(PlcMemory.Now));
        Set("Result.Phase", Variant.Of(Get<int>("Active.Phase")));
        Set("Result.Code", Variant.Of((int)ResultCode.Completed));
        Set("Result.Id", Variant.Of(id));
        Set("Active.Id", Variant.Of(0ul));
        Set("State.Current", Variant.Of((int)PackMlState.Complete));
    }

    private void OnWritten(string tag)
    {
        if (tag == Full("Request.Id") && !IsSilent)
        {
            AnswerNow();
        }
        else if (tag == Full("Command.CntrlCmd") && !IsDeaf && Get<int>("Command.CntrlCmd") is var code and not 0)
        {
            Set("Command.CntrlCmd", Variant.Of(0));
            Obey((PackMlCommand)code, Get<ulong>("Command.Id"));
        }
    }

    private void Latch(ulong id)
    {
        Accepted.Add(id);
        Set("Result.Id", Variant.Of(0ul));
        var phase = (PhaseKind)Get<int>("Request.Phase");
        foreach (string name in contract.Phase(phase)!.ParameterNames)
        {
            memory.Set(Full("Active." + name), memory[Full("Request." + name)]);
        }

        Set("Owner.Epoch", Variant.Of(Get<ulong>("Request.Epoch")));
        Set("Active.Phase", Variant.Of((int)phase));
        Set("Active.Id", Variant.Of(id));
        Set("State.Current", Variant.Of((int)PackMlState.Idle));
        Latched?.Invoke();
    }

    private void Obey(PackMlCommand command, ulong target)
    {
        CommandTaken?.Invoke(command, target);
        switch (command, (PackMlState)Get<int>("State.Current"))
        {
            case (PackMlCommand.Start, PackMlState.Idle)
                when !IgnoresStart && target != 0 && target == Get<ulong>("Active.Id"):
                Started.Add(target);
                Set("State.Current", Variant.Of((int)PackMlState.Execute));
                break;
            case (PackMlCommand.Clear, PackMlState.Aborted):
                Set("State.Current", Variant.Of((int)PackMlState.Stopped));
                break;
            case (PackMlCommand.Reset, PackMlState.Complete or PackMlState.Stopped):
                Set("State.Current", Variant.Of((int)PackMlState.Idle));
                break;
            case (PackMlCommand.Hold, PackMlState.Execute):
                Set("State.Current", Variant.Of((int)PackMlState.Held));
                break;
        }
    }

    private string Full(string tag) => $"{contract.Unit}.{tag}";
}
