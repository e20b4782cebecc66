// Camera and microphone of this page, and what keeps it from having them, in words.

// Asks for both; with only one of them at hand, that one is given, and missing says what is not there.
export async function askFor(video) {
  if (!navigator.mediaDevices) {
    throw new DOMException("no secure context", "SecurityError");
  }
  const audio = true;
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ audio, video }), missing: "" };
  } catch (error) {
    if (error.name !== "NotFoundError" || !video) {
      throw error;
    }
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    return { stream, missing: "No camera was found; only your sound is sent." };
  } catch (error) {
    if (error.name !== "NotFoundError") {
      throw error;
    }
  }
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  return { stream, missing: "No microphone was found; only your picture is sent." };
}

export function words({ name, message }) {
  switch (name) {
    case "SecurityError":
      return "Browsers give camera and microphone only to pages from localhost or over HTTPS: open this page there, or start the demo with --tls.";
    case "NotAllowedError":
      return "The browser did not allow it. Allow camera and microphone for this page (beside its address), then start again.";
    case "NotFoundError":
      return "No camera or microphone was found on this device.";
    case "NotReadableError":
      return "Camera or microphone cannot be read; another program may be using it.";
    case "OverconstrainedError":
      return "The camera does not give pictures of that size; choose another.";
    default:
      return `Camera and microphone are not available: ${message || name}`;
  }
}
