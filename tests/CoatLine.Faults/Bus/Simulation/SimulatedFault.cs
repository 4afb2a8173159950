namespace CoatLine.Faults.Bus.Simulation;

/// <summary>What the simulation does to the parts.</summary>
internal enum SimulatedFault
{
    /// <summary>The edge's process ends and begins anew.</summary>
    EdgeCrash,

    /// <summary>A publish fails and the broker has nothing.</summary>
    PublishFails,

    /// <summary>A publish fails, and the broker has it all the same.</summary>
    PublishFailsTaken,

    /// <summary>The broker forgets everything, in both directions.</summary>
    BrokerWiped,

    /// <summary>A message is lost.</summary>
    MessageLost,

    /// <summary>A message comes a second time.</summary>
    MessageTwice,

    /// <summary>Messages come in another order.</summary>
    MessagesSwapped,

    /// <summary>A message is spoilt on its way.</summary>
    MessageSpoilt,

    /// <summary>An answer is lost.</summary>
    AnswerLost,

    /// <summary>Answers come late, in another order or twice.</summary>
    AnswersMixed,

    /// <summary>The ledger's process ends when it has committed, before it answers.</summary>
    LedgerCrashAfterCommit,

    /// <summary>The ledger's process ends when it has answered, before the message is acknowledged.</summary>
    LedgerCrashBeforeAck,

    /// <summary>The database is away before a commit.</summary>
    DatabaseAway,

    /// <summary>The database's connection breaks after a commit.</summary>
    DatabaseAwayAfterCommit,

    /// <summary>The journal's disk fails when the mark is written, before or after.</summary>
    JournalFails,

    /// <summary>An old copy of the journal is used for a while; the ledger is ahead of it.</summary>
    OldJournal,

    /// <summary>The ledger comes back from a backup without its newest rows.</summary>
    LedgerTakenBack,
}
