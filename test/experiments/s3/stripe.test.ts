import {Random} from "kernel-lib/random";
import {combinations} from "kernel-lib/stats";
import {expect, it} from "vitest";
import {Stripe} from "../../../kernel-lib/dist/experiments/s3/stripe.js";

it("Stripe.read() is whole exactly up to m lost shards, refused beyond, and never wrong", () => {
  const stripe = new Stripe({dataShards: 4, parityShards: 2}, new Random(1));
  const shards = [0, 1, 2, 3, 4, 5];
  for (let count = 0; count <= 6; count++) {
    for (const lost of combinations(shards, count)) {
      expect(stripe.read(lost), `lost ${lost}`).toBe(count <= 2 ? "whole" : "refused");
    }
  }
});
