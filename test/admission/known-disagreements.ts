/** Vectors, by number, on which admission does not agree with the real Karmada yet. This list only ever gets shorter. */
export const KNOWN_DISAGREEMENTS: readonly number[] = [
  30, 132, 167, 234, 235, 268, 336, 370, 472, 473, 540, 676, 812, 880, 914, 982, 1017, 1118, 1119, 1152, 1254, 1323,
  1356, 1391, 1458, 1526, 1628, 1696, 1730, 1798, 1799, 1968, 2002, 2036,
];
