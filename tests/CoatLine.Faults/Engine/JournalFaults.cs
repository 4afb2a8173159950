using CoatLine.Engine.Journaling;
using Microsoft.Data.Sqlite;

namespace CoatLine.Faults.Engine;

/// <summary>What a disk does to the journal.</summary>
/// <param name="plant">The plant.</param>
/// <param name="fired">Takes each fault that has happened.</param>
/// <param name="die">Ends the process and leaves these files.</param>
internal sealed class JournalFaults(Plant plant, List<Fault> fired, Action<JournalImage> die)
{
    private const int Full = 13;
    private const int IoError = 10;
    private const int SyncError = 1034;

    private readonly Queue<Fault> _armed = [];
    private JournalImage? _before;

    /// <summary>Whether the journal of this life has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The files as the failure left them; null when they are as they lie on disk.</summary>
    public JournalImage? Left { get; private set; }

    public void Arm(Fault fault) => _armed.Enqueue(fault);

    public void BeginNextLife() => (HasFailed, Left, _before) = (false, null, null);

    /// <summary>Meets each moment of a transaction with the fault that is armed for it.</summary>
    public void OnTransaction(JournalMoment moment)
    {
        if (!_armed.TryPeek(out Fault? fault) || (moment != JournalMoment.BeforeWrite && _before is null))
        {
            return;
        }

        _before = moment == JournalMoment.BeforeWrite ? plant.Image() : _before;
        var chance = new Chance(fault.Salt);
        switch (fault.Kind)
        {
            case FaultKind.DiskFull when moment == Early(chance):
                Fail(new SqliteException("database or disk is full", Full));
                break;
            case FaultKind.DiskError when moment == Early(chance):
                Fail(new SqliteException("disk I/O error", IoError));
                break;
            case FaultKind.FailedSync when moment == JournalMoment.AfterCommit:
                Left = chance.OnceIn(2) ? _before : null;
                Fail(new SqliteException("disk I/O error", IoError, SyncError));
                break;
            case FaultKind.TornTail when moment == JournalMoment.AfterCommit:
                fired.Add(_armed.Dequeue());
                die(plant.Image().TornFrom(_before!, chance));
                break;
        }
    }

    private static JournalMoment Early(Chance chance) =>
        chance.OnceIn(2) ? JournalMoment.BeforeWrite : JournalMoment.BeforeCommit;

    private void Fail(SqliteException e)
    {
        fired.Add(_armed.Dequeue());
        HasFailed = true;
        throw e;
    }
}
