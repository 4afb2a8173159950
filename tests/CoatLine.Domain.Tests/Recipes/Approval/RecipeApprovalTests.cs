using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Recipes.Approval;

namespace CoatLine.Domain.Tests.Recipes.Approval;

public sealed class RecipeApprovalTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Recipe Four = RecipeFiles.Read("embodiment-4");
    private static readonly ImmutableArray<Signature> Both =
        [Sign("Erik", SignerRole.ProcessEngineer), Sign("Maria", SignerRole.QaManager)];

    [Test]
    public void Draft_SignedByTwoPeople_IsApprovedWithItsContent()
    {
        FactsOrRefusals decided = RecipeApproval.Approve(RecipeBook.Empty, Four, "first issue", Both);

        Assert.That(decided.Refusals, Is.Empty);
        RecipeEntry entry = RecipeBook.Empty.Apply(decided.Facts.Single()).Find("embodiment-4", Four.Version)!;
        Assert.That(
            (entry.Status, entry.Approval.ContentHash), Is.EqualTo((RecipeStatus.Approved, Four.ContentHash)));
        Assert.That(RecipeEntry.FromJson(entry.ToJson()).ToJson(), Is.EqualTo(entry.ToJson()));
    }

    [TestCase("Erik", "Erik", "why", "must be two different people")]
    [TestCase("Erik", "erik ", "why", "must be two different people")]
    [TestCase("Erik", " ", "why", "a QA manager has not signed")]
    [TestCase("", "Maria", "why", "a process engineer has not signed")]
    [TestCase("Erik", "Maria", " ", "a reason of 1 to 400 characters is needed")]
    public void Approval_AgainstTheForm_IsRefused(string engineer, string manager, string reason, string says)
    {
        FactsOrRefusals decided = RecipeApproval.Approve(
            RecipeBook.Empty,
            Four,
            reason,
            [Sign(engineer, SignerRole.ProcessEngineer), Sign(manager, SignerRole.QaManager)]);

        Assert.That(decided.Refusals.Single(), Does.EndWith(says));
        Assert.That(decided.Facts, Is.Empty);
    }

    [Test]
    public void Comparative_AsItsClassSays_MayBeApprovedForEngineeringOnly()
    {
        Recipe trial = RecipeFiles.Read("comparative-3");

        Assert.That(RecipeApproval.Approve(RecipeBook.Empty, trial, "to compare", Both).Refusals, Is.Empty);
        Assert.That(
            RecipeApproval.Approve(
                RecipeBook.Empty, trial with { Class = RecipeClass.Production }, "to sell", Both).Refusals,
            Has.Some.StartsWith("R06"));
    }

    [Test]
    public void Version_OnceApproved_StandsForOneContentForGood()
    {
        RecipeBook book = Approved();
        Recipe changed = Four with { ContentHash = new string('0', 64) };

        Assert.That(
            RecipeApproval.Approve(book, Four, "again", Both).Refusals.Single(), Does.EndWith("approved already"));
        Assert.That(
            RecipeApproval.Approve(book, changed, "again", Both).Refusals.Single(), Does.EndWith("raise the version"));
        Assert.That(book.Refusal(Four), Is.Null);
        Assert.That(
            book.Refusal(changed), Does.Contain("differs from the one that was approved (content 000000000000"));
        Assert.That(book.Refusal(Four with { Version = 9 }), Does.Contain("v9 is a draft"));
        Assert.That(RecipeBook.Empty.Refusal(changed), Is.Null, "a line that keeps no book");
    }

    [Test]
    public void Retired_Version_MakesNoBatchAndNeverComesBack()
    {
        FactsOrRefusals decided = RecipeApproval.Retire(
            Approved(), "embodiment-4", Four.Version, "replaced", Sign("Maria", SignerRole.QaManager));
        RecipeBook book = Approved().Apply(decided.Facts.Single());

        Assert.That(book.Refusal(Four), Does.EndWith("is retired: replaced"));
        Assert.That(
            RecipeApproval.Approve(book, Four, "again", Both).Refusals.Single(), Does.Contain("retired for good"));
        Assert.That(
            RecipeApproval.Retire(
                book, "embodiment-4", Four.Version, "twice", Sign("Maria", SignerRole.QaManager)).Refusals.Single(),
            Does.EndWith("is retired already"));
    }

    [Test]
    public void Retirement_ByAnOperatorOrOfADraft_IsRefused()
    {
        Assert.That(
            RecipeApproval.Retire(
                Approved(), "embodiment-4", Four.Version, "why", Sign("Olga", SignerRole.Operator)).Refusals.Single(),
            Does.Contain("a process engineer or a QA manager"));
        Assert.That(
            RecipeApproval.Retire(
                RecipeBook.Empty, "embodiment-4", 1, "why", Sign("Maria", SignerRole.QaManager)).Refusals.Single(),
            Does.EndWith("was never approved"));
    }

    private static RecipeBook Approved() =>
        RecipeBook.Empty.Apply(RecipeApproval.Approve(RecipeBook.Empty, Four, "first issue", Both).Facts.Single());

    private static Signature Sign(string person, SignerRole role) => new(person, role, Now);
}
