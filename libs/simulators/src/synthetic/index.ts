export { plantedEdge, syntheticPlantedEdge, type PlantedEdgeMarket, type PlantedEdgeOptions } from './planted-edge';
export { sessionDates } from './session-dates';
