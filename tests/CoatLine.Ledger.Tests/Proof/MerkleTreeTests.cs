using System.Security.Cryptography;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;

namespace CoatLine.Ledger.Tests.Proof;

public sealed class MerkleTreeTests
{
    /// <summary>The leaves and roots that the implementations of RFC 6962 are commonly tested with.</summary>
    private static readonly string[] Inputs =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Test]
    public void Root_OfThePublishedLeaves_IsThePublishedRoot([Range(1, 8)] int size) =>
        Assert.That(MerkleTree.Root(Published(size)).ToString(), Is.EqualTo(Roots[size - 1]));

    [Test]
    public void Root_OfNothing_IsTheHashOfNothing() =>
        Assert.That(
            MerkleTree.Root([]).ToString(),
            Is.EqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    [Test]
    public void InclusionProof_OfThePublishedTree_IsAsPublished()
    {
        // The audit path of leaf 0 in the tree of eight leaves.
        Assert.That(
            MerkleTree.InclusionProof(Published(8), 0).Select(h => h.ToString()),
            Is.EqualTo(new[]
            {
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            }));
    }

    [Test]
    public void InclusionProof_OfEveryLeafOfEverySize_Holds()
    {
        for (int size = 1; size <= 40; size++)
        {
            ChainHash[] leaves = Leaves(size);
            ChainHash root = MerkleTree.Root(leaves);
            for (int index = 0; index < size; index++)
            {
                ChainHash[] path = [.. MerkleTree.InclusionProof(leaves, index)];
                Assert.That(MerkleTree.IsIncluded(leaves[index], index, size, path, root), $"{index} of {size}");
            }
        }
    }

    [Test]
    public void InclusionProof_WithAnythingElseChanged_IsRefused([Values(1, 2, 3, 7, 8, 13)] int size)
    {
        ChainHash[] leaves = Leaves(size);
        ChainHash root = MerkleTree.Root(leaves);
        for (int index = 0; index < size; index++)
        {
            ChainHash leaf = leaves[index];
            ChainHash[] path = [.. MerkleTree.InclusionProof(leaves, index)];
            Assert.Multiple(() =>
            {
                Assert.That(MerkleTree.IsIncluded(Other, index, size, path, root), Is.False, "leaf");
                Assert.That(MerkleTree.IsIncluded(leaf, index, size, path, Other), Is.False, "root");
                Assert.That(MerkleTree.IsIncluded(leaf, index, size, [.. path, Other], root), Is.False, "longer");
                Assert.That(MerkleTree.IsIncluded(leaf, -1, size, path, root), Is.False, "index below");
                Assert.That(MerkleTree.IsIncluded(leaf, size, size, path, root), Is.False, "index above");
                Assert.That(MerkleTree.IsIncluded(leaf, index, 2 * size + 40, path, root), Is.False, "size");
                for (int other = 0; other < size; other++)
                {
                    Assert.That(
                        MerkleTree.IsIncluded(leaf, other, size, path, root), Is.EqualTo(other == index), "index");
                }

                for (int i = 0; i < path.Length; i++)
                {
                    ChainHash[] altered = [.. path];
                    altered[i] = Other;
                    Assert.That(MerkleTree.IsIncluded(leaf, index, size, altered, root), Is.False, $"path {i}");
                    Assert.That(
                        MerkleTree.IsIncluded(leaf, index, size, path.AsSpan(0, i), root), Is.False, "shorter");
                }
            });
        }
    }

    [Test]
    public void ConsistencyProof_OfEveryPairOfSizes_HoldsAndNothingElseDoes()
    {
        ChainHash[] all = Leaves(26);
        for (int size = 1; size <= all.Length; size++)
        {
            ChainHash root = MerkleTree.Root(all.AsSpan(0, size));
            for (int before = 1; before <= size; before++)
            {
                ChainHash old = MerkleTree.Root(all.AsSpan(0, before));
                ChainHash[] proof = [.. MerkleTree.ConsistencyProof(all.AsSpan(0, size), before)];
                Assert.That(MerkleTree.IsConsistent(before, old, size, root, proof), $"{before} of {size}");
                Assert.That(MerkleTree.IsConsistent(before, Other, size, root, proof), Is.False);
                Assert.That(MerkleTree.IsConsistent(before, old, size, Other, proof), Is.False);
                Assert.That(MerkleTree.IsConsistent(before, old, size, root, [.. proof, Other]), Is.False);
                Assert.That(MerkleTree.IsConsistent(size + 1, old, size, root, proof), Is.False);
                Assert.That(MerkleTree.IsConsistent(0, old, size, root, proof), Is.False);
                if (proof.Length > 0)
                {
                    Assert.That(MerkleTree.IsConsistent(before, old, size, root, proof.AsSpan(1)), Is.False);
                }
            }
        }
    }

    [Test]
    public void ConsistencyProof_OfAnAlteredPast_IsRefused()
    {
        ChainHash[] leaves = Leaves(20);
        ChainHash old = MerkleTree.Root(leaves.AsSpan(0, 11));
        leaves[4] = Other;
        Assert.That(
            MerkleTree.IsConsistent(
                11, old, 20, MerkleTree.Root(leaves), [.. MerkleTree.ConsistencyProof(leaves, 11)]),
            Is.False);
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void InclusionProof_OfNoLeaf_Throws(int index) =>
        Assert.That(
            () => MerkleTree.InclusionProof(Leaves(3), index), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static ChainHash Other { get; } = ChainHash.FromBytes(SHA256.HashData("other"u8));

    private static ChainHash[] Published(int size) =>
        [.. Inputs.Take(size).Select(hex => MerkleTree.Leaf(Convert.FromHexString(hex)))];

    private static ChainHash[] Leaves(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => MerkleTree.Leaf(ChainHash.FromBytes(SHA256.HashData(BitConverter.GetBytes(i))))),
    ];
}
