package dev.drydock.controller.web.http;

/** How an attempt to sign in ended. */
public sealed interface SignIn {
    /** @param cookie names the session; whoever has it is the user */
    record Done(String cookie) implements SignIn {
        @Override
        public String toString() {
            return "signed in";
        }
    }

    /** @param why for the person, and nothing that helps another: an unknown name and a wrong password read the same */
    record Refused(String why) implements SignIn {}
}
