import { defineLinger } from "../linger.ts";

export default defineLinger({
  title: "A leave is reported for a client that sends DISCONNECT and leaves its connection open",
  receipt: false,
});
