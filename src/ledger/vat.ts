/**
 * The rate of French VAT on our service, by the supplier's territory. Outside metropolitan France
 * the five overseas départements have their own rates or none, and the collectivities none.
 */
const standardRateBasisPoints = 2000;
const ratesBasisPoints: ReadonlyMap<string, number> = new Map([
  ["971", 850],
  ["972", 850],
  ["974", 850],
  ...["973", "976", "975", "977", "978", "986", "987", "988"].map((code): [string, number] => [code, 0]),
]);

export const vatRateBasisPointsOf = (departement: string): number =>
  ratesBasisPoints.get(departement) ?? standardRateBasisPoints;
