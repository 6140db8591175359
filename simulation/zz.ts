import { benchSimulation } from "./bench.ts"; { const f = benchSimulation(); console.log(Math.round(f.historiesPerSecond), Math.round(f.historiesPerCpuSecond), f.eventsPerHistory.toFixed(1)); }
