using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Recipes.Approval;
using CoatLine.Engine.Journaling;

namespace CoatLine.Engine.Tests.Journaling;

/// <summary>The book of recipes in the journal, and what it does to new batches.</summary>
public sealed class RecipeBookTests
{
    [Test]
    public void Book_AfterItsRowsWereRetired_IsStillKnown()
    {
        using var shop = new Workshop();
        Approve(shop, "embodiment-4");
        using (Journal journal = shop.OpenJournal())
        {
            journal.Confirm(journal.HeadSeq, journal.HeadHash);
            Assert.That(journal.Read(0, Journal.MaxRead), Is.Empty);
        }

        using Journal again = shop.OpenJournal();
        Recipe recipe = Workshop.Recipe("embodiment-4");
        Assert.That(again.Recipes.Find(recipe.Id, recipe.Version)!.Status, Is.EqualTo(RecipeStatus.Approved));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Approval_WhoseWriteFails_IsNotInTheBook(bool beforeCommit)
    {
        using var shop = new Workshop();
        using (Journal journal = shop.OpenJournal((moment, name) =>
        {
            if (name.Contains("recipe-approved", StringComparison.Ordinal)
                && moment == (beforeCommit ? JournalMoment.BeforeCommit : JournalMoment.BeforeWrite))
            {
                throw new IOException("injected");
            }
        }))
        {
            Assert.That(() => Approve(shop, journal, "embodiment-4"), Throws.InstanceOf<Exception>());
        }

        using Journal again = shop.OpenJournal();
        Assert.That(again.Recipes.Entries, Is.Empty);
        Assert.That(again.HeadSeq, Is.Zero);
    }

    [Test]
    public void Batch_OfADraftWhereABookIsKept_IsRefused()
    {
        using var shop = new Workshop();
        Assert.That(shop.TryCreate("embodiment-1", BatchOrder.Plain).Refusals, Is.Empty, "no book yet");
        Approve(shop, "embodiment-4");

        Assert.That(shop.TryCreate("embodiment-4", BatchOrder.Plain).Refusals, Is.Empty);
        Assert.That(
            shop.TryCreate("embodiment-1", BatchOrder.Plain).Refusals.Single(),
            Is.EqualTo("recipe embodiment-1 v1 is a draft: it is not approved on this line"));
    }

    [Test]
    public async Task Batch_UnderWay_GoesOnWhenItsRecipeIsRetired()
    {
        using var shop = new Workshop();
        Approve(shop, "embodiment-4");
        string batch = shop.Create();
        using (Journal journal = shop.OpenJournal())
        {
            FactsOrRefusals retired = new RecipeRegister(journal).Retire(
                "embodiment-4", 1, "replaced", shop.Sign("Maria", SignerRole.QaManager));
            Assert.That(retired.Refusals, Is.Empty);
        }

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(
            shop.TryCreate("embodiment-4", BatchOrder.Plain).Refusals.Single(), Does.EndWith("is retired: replaced"));
    }

    private static void Approve(Workshop shop, string recipe)
    {
        using Journal journal = shop.OpenJournal();
        Approve(shop, journal, recipe);
    }

    private static void Approve(Workshop shop, Journal journal, string recipe)
    {
        FactsOrRefusals approved = new RecipeRegister(journal).Approve(
            Workshop.Recipe(recipe),
            "first issue",
            [shop.Sign("Erik", SignerRole.ProcessEngineer), shop.Sign("Maria", SignerRole.QaManager)]);
        Assert.That(approved.Refusals, Is.Empty);
    }
}
