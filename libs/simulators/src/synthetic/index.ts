export { plantedEdge, syntheticPlantedEdge, type PlantedEdgeMarket, type PlantedEdgeOptions } from './planted-edge';
export { sessionDates } from './session-dates';
export { syntheticPair } from './pair';
export { syntheticUniverse, type SyntheticSymbol, type SyntheticUniverseOptions } from './universe';
