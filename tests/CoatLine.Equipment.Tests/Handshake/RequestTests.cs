using CoatLine.Domain.Execution;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class RequestTests
{
    [Test]
    public async Task Request_Accepted_WroteParametersPhaseAndEpochFirstAndTheIdAlone()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        RequestAnswer answer = await test.CompleteAsync(Send(test));

        Assert.That(answer, Is.EqualTo(new RequestAnswer(AckCode.Accepted, "", answer.EchoDifferences)));
        Assert.That(answer.EchoDifferences, Is.Empty);
        string[] sent = [.. test.Server.Calls.Where(c => c.Contains(" Mixer.Request.", StringComparison.Ordinal))];
        Assert.That(sent, Is.EqualTo(new[]
        {
            "write Mixer.Request.ContainerId Mixer.Request.RevSpeedSP Mixer.Request.StepTimeSP Mixer.Request.StageId "
                + "Mixer.Request.CycleIndex Mixer.Request.BalanceDial Mixer.Request.Phase Mixer.Request.Epoch",
            "write Mixer.Request.Id",
        }));
        Assert.That(test.Mixer.Get<ulong>("Request.Epoch"), Is.EqualTo(7));
        Assert.That(test.Mixer.Get<int>("Request.Phase"), Is.EqualTo(10));
        Assert.That(test.Mixer.Started, Is.Empty);
    }

    [Test]
    public async Task Request_Refused_GivesCodeAndTheUnitsWords()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Refusal = (AckCode.ParameterOutOfRange, "RevSpeedSP 2500 is outside 0 to 2000");
        RequestAnswer answer = await test.CompleteAsync(Send(test));
        Assert.That(answer.Code, Is.EqualTo(AckCode.ParameterOutOfRange));
        Assert.That(answer.Text, Is.EqualTo("RevSpeedSP 2500 is outside 0 to 2000"));
        Assert.That(answer.EchoDifferences, Is.Empty);
    }

    [Test]
    public async Task Request_LateAnswer_IsTakenWhenTheServerReportsIt()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IsSilent = true;
        Task<RequestAnswer> sent = Send(test);
        Assert.That(sent.IsCompleted, Is.False);
        test.Mixer.AnswerNow();

        // No network time passes here: only the report can have woken the wait.
        Assert.That((await LineUnderTest.SoonAsync(sent)).Code, Is.EqualTo(AckCode.Accepted));
    }

    [Test]
    public async Task Request_LateAnswerThatIsNotReported_IsReadBack()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IsSilent = true;
        test.Server.IsMute = true;
        Task<RequestAnswer> sent = Send(test);
        test.Mixer.AnswerNow();
        Assert.That(sent.IsCompleted, Is.False);
        Assert.That((await test.CompleteAsync(sent)).Code, Is.EqualTo(AckCode.Accepted));
    }

    [Test]
    public async Task Request_NoAnswer_IsUnknown()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IsSilent = true;
        Assert.That(
            () => test.CompleteAsync(Send(test)),
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                "Mixer did not answer request 1122334455667788 within 10.0 s; whether it has taken it is unknown"));
    }

    [Test]
    public async Task Request_SameIdTwice_IsOneRequest()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.CompleteAsync(Send(test));
        RequestAnswer again = await test.CompleteAsync(Send(test));
        Assert.That(again.Code, Is.EqualTo(AckCode.Accepted));
        Assert.That(test.Mixer.Accepted, Is.EqualTo(new[] { LineUnderTest.Id.Value }));
    }

    [Test]
    public async Task Request_SameIdAfterItRanToItsEnd_IsAcceptedAndRunsNothing()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish();
        RequestAnswer again = await test.CompleteAsync(Send(test));
        await test.CompleteAsync(test.Line.StartAsync(Unit.Mixer, LineUnderTest.Id, CancellationToken.None));
        Assert.That(again.Code, Is.EqualTo(AckCode.Accepted));
        Assert.That(again.EchoDifferences, Is.Empty);
        Assert.That(test.Mixer.Started, Is.EqualTo(new[] { LineUnderTest.Id.Value }));
    }

    [Test]
    public async Task Request_AcceptedButAnotherIsActive_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = () => test.Mixer.Set("Active.Id", Variant.Of(99ul));
        Assert.That(
            () => test.CompleteAsync(Send(test)),
            Throws.InstanceOf<LineContractException>().With.Message.StartsWith("Mixer.Active.Id is 0000000000000063"));
    }

    [Test]
    public async Task Request_UnknownAnswerCode_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Refusal = ((AckCode)42, "?");
        Assert.That(
            () => test.CompleteAsync(Send(test)),
            Throws.InstanceOf<LineContractException>().With.Message.StartsWith("Mixer.Ack.Code is 42"));
    }

    [Test]
    public async Task Request_AnswerOfAnotherType_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IsSilent = true;
        test.Mixer.Set("Ack.Id", Variant.Of(1u));
        Assert.That(
            () => test.CompleteAsync(Send(test)),
            Throws.InstanceOf<LineContractException>().With.Message.EqualTo(
                "Mixer.Ack.Id is UInt32, the tag contract says UInt64"));
    }

    [Test]
    public async Task Request_ParameterMissingOrOfAnotherType_IsAProgrammersMistakeAndWritesNothing()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        PhaseRequest whole = LineUnderTest.MixCycle();
        PhaseRequest less = LineUnderTest.With(whole, [.. whole.Parameters.Skip(1)]);
        PhaseRequest other = LineUnderTest.With(
            whole, [.. whole.Parameters.Select(p => p.Name == "RevSpeedSP" ? p with { Value = 2000 } : p)]);
        foreach (PhaseRequest wrong in new[] { less, other, whole with { Phase = PhaseKind.Coat } })
        {
            Assert.That(
                () => test.Line.RequestAsync(wrong, CancellationToken.None), Throws.InstanceOf<ArgumentException>());
        }

        Assert.That(test.Server.Calls.Where(c => c.StartsWith("write Mixer", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("Mixer.Profile", "LADS", "Mixer.Profile is \"LADS\", this MES speaks \"OPC 30050 PackML\" only")]
    [TestCase("Line.ContractVersion", "2", "Line.ContractVersion is \"2\", this MES speaks \"1\" only")]
    public async Task Request_UndeclaredProfileOrOtherVersion_IsRefusedBeforeAnythingIsWritten(
        string tag, string declared, string message)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.Set(tag, new DataValue(Variant.Of(declared)));
        Assert.That(
            () => Send(test), Throws.InstanceOf<LineContractException>().With.Message.EqualTo(message));
        Assert.That(test.Server.Calls.Where(c => c.StartsWith("write Mixer", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Request_NewSessionWithAnotherProfile_IsCheckedAgain()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.CompleteAsync(Send(test));
        test.Server.Cut();
        test.Mixer.Set("Profile", Variant.Of("LADS"));
        test.Server.Restore();
        Assert.That(() => Send(test), Throws.InstanceOf<LineContractException>());
    }

    [Test]
    public async Task Request_LinkLostBetweenParametersAndId_DoesNotSendTheId()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.Written += tag =>
        {
            if (tag == "Mixer.Request.Epoch")
            {
                test.Server.Cut();
                test.Server.Restore();
            }
        };
        Assert.That(() => Send(test), Throws.InstanceOf<LineUnreachableException>());
        Assert.That(test.Mixer.Get<ulong>("Request.Id"), Is.Zero);
    }

    [Test]
    public async Task Request_LinkLostAfterTheId_IsUnknownAndTheSameIdDoesItOnce()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = test.Server.Cut;
        Assert.That(() => Send(test), Throws.InstanceOf<LineUnreachableException>());
        test.Mixer.Latched = null;
        test.Server.Restore();
        RequestAnswer again = await test.CompleteAsync(Send(test));
        Assert.That(again.Code, Is.EqualTo(AckCode.Accepted));
        Assert.That(test.Mixer.Accepted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Request_ServerRefusesAWrite_NamesTheTag()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.WriteStatus["Mixer.Request.StepTimeSP"] = StatusCodes.BadTypeMismatch;
        Assert.That(
            () => Send(test),
            Throws.InstanceOf<LineContractException>().With.Message.EqualTo(
                "Mixer.Request.StepTimeSP cannot be written: BadTypeMismatch"));
        Assert.That(test.Mixer.Get<ulong>("Request.Id"), Is.Zero);
    }

    private static Task<RequestAnswer> Send(LineUnderTest test) =>
        test.Line.RequestAsync(LineUnderTest.MixCycle(), CancellationToken.None);
}
