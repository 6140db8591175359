/** All that a scenario needs. */
export { heardByAll } from "./checks/heard-by-all.ts";
export { joinBeforeLeave } from "./checks/join-before-leave.ts";
export { leftInsideWindow } from "./checks/left-inside-window.ts";
export { noFalseLeave, noLeaveTwice } from "./checks/no-undue-leave.ts";
export { othersStayConnected } from "./checks/others-stay-connected.ts";
export { receiptCame } from "./checks/receipt-came.ts";
export { sessionIdReadRight } from "./checks/session-id-read-right.ts";
export { blackhole } from "./faults/blackhole.ts";
export { close } from "./faults/close.ts";
export { closeTab } from "./faults/close-tab.ts";
export { disconnect } from "./faults/disconnect.ts";
export { fin } from "./faults/fin.ts";
export { kill } from "./faults/kill.ts";
export { reload } from "./faults/reload.ts";
export { rst } from "./faults/rst.ts";
export { stop } from "./faults/stop.ts";
export { defineScenario } from "./scenario.ts";
