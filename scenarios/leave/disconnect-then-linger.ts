import { defineLinger } from "../linger.ts";

export default defineLinger({
  title: "A client that sends DISCONNECT and leaves its connection open is reported gone",
  receipt: false,
});
