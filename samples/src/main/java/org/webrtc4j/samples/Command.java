package org.webrtc4j.samples;

/** One sample of the jar. */
public interface Command {

    /**
     * Says in one line how the command is called and what it does.
     *
     * @return the line
     */
    String usage();

    /**
     * Runs the command to its end.
     *
     * @param arguments the arguments after the command's name
     * @return the exit status of the process
     * @throws Exception when it fails in a way it did not foresee
     */
    int run(String[] arguments) throws Exception;
}
