using CoatLine.Messaging;

namespace CoatLine.Faults.Bus.Simulation;

internal sealed partial class SimulatedRun
{
    private void Break(SimulatedFault fault)
    {
        if (Breaks(fault))
        {
            _fired.Add(fault);
        }
    }

    private bool Breaks(SimulatedFault fault)
    {
        List<object> queue = _broker.ToLedger;
        switch (fault)
        {
            case SimulatedFault.EdgeCrash:
                StartEdge();
                return true;
            case SimulatedFault.BrokerWiped:
                queue.Clear();
                _broker.ToEdge.Clear();
                return true;
            case SimulatedFault.MessageLost when queue.Count > 0:
                queue.RemoveAt(_chance.Below(queue.Count));
                return true;
            case SimulatedFault.MessageTwice when queue.Count > 0:
                queue.Insert(_chance.Below(queue.Count + 1), _chance.Pick(queue));
                return true;
            case SimulatedFault.MessagesSwapped when queue.Count > 1:
                Swap(queue);
                return true;
            case SimulatedFault.MessageSpoilt when queue.Count > 0:
                int spoilt = _chance.Below(queue.Count);
                queue[spoilt] = SimulatedBroker.Spoil(queue[spoilt], _chance);
                return true;
            case SimulatedFault.AnswerLost when _broker.ToEdge.Count > 0:
                _broker.ToEdge.RemoveAt(_chance.Below(_broker.ToEdge.Count));
                return true;
            case SimulatedFault.AnswersMixed when _broker.ToEdge.Count > 0:
                _broker.ToEdge.Add(_chance.Pick(_broker.ToEdge));
                Swap(_broker.ToEdge);
                return true;
            case SimulatedFault.DatabaseAway or SimulatedFault.DatabaseAwayAfterCommit:
                _ledger.Failing = (_chance.Skewed(6), fault == SimulatedFault.DatabaseAwayAfterCommit);
                return true;
            case SimulatedFault.JournalFails:
                _journal.Disk = (true, _chance.OnceIn(2));
                return true;
            case SimulatedFault.OldJournal:
                return UseOldJournal();
            case SimulatedFault.LedgerTakenBack:
                return TakeLedgerBack();
            case SimulatedFault.PublishFails or SimulatedFault.PublishFailsTaken
                or SimulatedFault.LedgerCrashAfterCommit or SimulatedFault.LedgerCrashBeforeAck:
                return _armed.Add(fault);
            default:
                return false;
        }
    }

    private void Swap(List<object> queue)
    {
        int one = _chance.Below(queue.Count);
        int other = _chance.Below(queue.Count);
        (queue[one], queue[other]) = (queue[other], queue[one]);
    }

    /// <summary>First a copy is made; when the ledger is ahead of it, it comes into the journal's place. One that the
    /// ledger is not ahead of nobody can tell from the right one but the line's controllers, by the owner's epoch.
    /// </summary>
    private bool UseOldJournal()
    {
        if (_old is null)
        {
            _old = _journal.Copy();
            return false;
        }

        if (_newest is not null || _lost.Count > 0 || _old.HeadSeq >= _ledger.Rows.Count)
        {
            return false;
        }

        (_newest, _journal, _old) = (_journal, _old, null);
        _staleUntil = _step + StaleSteps;
        StartEdge();
        return true;
    }

    private void PutNewestBack()
    {
        (_journal, _newest) = (_newest!, null);
        StartEdge();
    }

    private bool TakeLedgerBack()
    {
        if (_lost.Count > 0 || _newest is not null || _ledger.Rows.Count == 0)
        {
            return false;
        }

        _lost = _ledger.Lose(1 + _chance.Below(_ledger.Rows.Count));
        return true;
    }

    private void Heal()
    {
        _armed.Clear();
        _ledger.Failing = default;
        _journal.Disk = default;
        if (_newest is not null)
        {
            PutNewestBack();
        }
    }

    /// <summary>A journal that no longer holds what the ledger lost says so, and then a person plays the newest backup
    /// back. Where it holds it, it sends it again and nobody has to do anything.</summary>
    private void RestoreLedgerWhereAsked()
    {
        if (_lost.Count == 0 || _feed.Status.State != FeedState.Faulted)
        {
            return;
        }

        if (_journal.Holds(_ledger.Rows.Count + 1))
        {
            _wrong.Add($"a person was asked although the journal holds what is missing: {_feed.Status.Reason}");
        }

        _ledger.Restore(_lost);
        _lost = [];
        StartEdge();
    }
}
